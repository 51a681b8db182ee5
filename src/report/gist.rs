//! 总评 (gist): in three sentences what is wrong with a document, what is gravest and where to begin.

use super::{Counts, DocumentReport, FormReport};
use crate::audit::{Code, Finding, Severity};

/// Most kinds of faults that the second sentence names.
const MOST_KINDS: usize = 3;

impl DocumentReport {
    /// Three sentences in Chinese; none where nothing was found.
    pub fn gist(&self) -> Vec<String> {
        let counts = self.counts();
        let Some(worst) = self.findings.iter().map(|finding| finding.severity).max() else { return Vec::new() };
        // Without a form there is nothing to begin with.
        let first_step = (!self.forms.is_empty()).then(|| self.first_step(worst));
        [judgement(&counts), self.gravest(worst)].into_iter().chain(first_step).collect()
    }

    fn gravest(&self, worst: Severity) -> String {
        let mut kinds: Vec<(Code, usize)> = Vec::new();
        for finding in self.findings.iter().filter(|finding| finding.severity == worst) {
            match kinds.iter_mut().find(|(code, _)| *code == finding.code) {
                Some((_, count)) => *count += 1,
                None => kinds.push((finding.code, 1)),
            }
        }
        kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let named: Vec<String> =
            kinds.iter().take(MOST_KINDS).map(|(code, count)| format!("{}（{count}处）", code.title())).collect();
        let more = if kinds.len() > MOST_KINDS { "等" } else { "" };
        format!("最要紧的是：{}{more}。", named.join("、"))
    }

    fn first_step(&self, worst: Severity) -> String {
        let grave: Vec<&Finding> = self.findings.iter().filter(|finding| finding.severity == worst).collect();
        let mut forms: Vec<usize> = grave.iter().filter_map(|finding| finding.form).collect();
        forms.dedup();
        forms.sort_unstable();
        forms.dedup();
        let about_document = grave.iter().any(|finding| finding.form.is_none());
        let name = |number: &usize| self.forms.get(number.checked_sub(1)?).map(form_name);
        let places = match (forms.first().and_then(name), forms.len(), about_document) {
            (None, _, _) => "正文与各表之间的矛盾".to_owned(),
            (Some(first), 1, false) => first,
            (Some(first), 1, true) => format!("{first}，以及正文与各表之间的矛盾"),
            (Some(first), count, false) => format!("{first}等{count}张表"),
            (Some(first), count, true) => format!("{first}等{count}张表，以及正文与各表之间的矛盾"),
        };
        match worst {
            Severity::Error if self.findings.iter().any(|finding| finding.severity == Severity::Warning) => {
                format!("请先改正{places}，再逐条核对警告。")
            }
            Severity::Error => format!("请先改正{places}。"),
            Severity::Warning => format!("请先核对{places}。"),
            Severity::Note => "没有必须改正之处，供参考。".to_owned(),
        }
    }
}

fn judgement(counts: &Counts) -> String {
    match (counts.errors, counts.warnings) {
        (0, 0) => format!("没有发现错误，有{}条提示。", counts.notes),
        (0, warnings) => format!("没有发现错误，有{warnings}处需要核对。"),
        (errors, 0) => format!("有{errors}处错误。"),
        (errors, warnings) => format!("有{errors}处错误，另有{warnings}处需要核对。"),
    }
}

/// Longest name of a project that is quoted whole, in characters.
const LONGEST_NAME: usize = 24;

fn form_name(form: &FormReport) -> String {
    let named = form.project.as_ref().or(form.unit.as_ref()).filter(|name| !name.is_empty());
    match named {
        Some(name) if name.chars().count() > LONGEST_NAME => {
            format!("表{}“{}…”", form.form, name.chars().take(LONGEST_NAME).collect::<String>())
        }
        Some(name) => format!("表{}“{name}”", form.form),
        None => format!("表{}", form.form),
    }
}
