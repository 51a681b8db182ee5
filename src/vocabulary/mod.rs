//! 用词 (vocabulary): the headings, labels and words that forms use, as data.
//!
//! `rules/vocabulary.yaml` is built in; a new layout is a few lines there and no code.

mod budget;
mod dump;
mod flat;
mod index;

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::form::{Column, FormKind};
use crate::text::label;

pub use budget::{BudgetKind, BudgetWords};
pub use dump::{DumpWords, Family, Replacement};
pub use flat::FlatWords;
use index::{Index, Spelling};

/// 用词表
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    forms: Vec<FormTitle>,
    title_endings: Vec<String>,
    columns: Vec<Heading<Column>>,
    labels: Vec<LabelWords>,
    funds_columns: Vec<Heading<FundsColumn>>,
    funds_lines: FundsLines,
    sections: Vec<String>,
    /// Words of titles and headings of performance tables that are neither self-evaluation nor target: 运行监控表.
    foreign: ForeignWords,
    /// Words by which a cell shows what column it belongs to.
    pub words: CellWords,
    /// Headings of lists with one indicator a row.
    pub flat: FlatWords,
    /// Words of the budget tables around the forms.
    pub budget: BudgetWords,
    /// Words by which broken text dumps are mended.
    pub dump: DumpWords,
    #[serde(skip)]
    index: Index,
}

/// 其他绩效表: what tells tables of other kinds, whose rows are not read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ForeignWords {
    titles: Vec<String>,
    headings: Vec<String>,
}

/// Words by which the cells of a shifted row show what they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellWords {
    pub level1: Vec<String>,
    pub level2: Vec<String>,
    pub basis: Vec<String>,
    pub rule: Vec<String>,
    pub evidence: Vec<String>,
    /// What a 指标性质 column says of every number and so nothing of this one: 定量.
    pub neutral_signs: Vec<String>,
    /// 预算执行得分: weight and score of the funds, in a row among the indicators.
    pub execution: Vec<String>,
    /// The column of a table of regions that holds the whole: 全区, 合计 …
    pub whole_regions: Vec<String>,
}

/// 资金区栏目
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FundsColumn {
    Name,
    Initial,
    Budget,
    Spent,
    Weight,
    Rate,
    Score,
}

/// 标签: what a label cell of a form announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    Unit,
    Executor,
    Authority,
    Project,
    Leader,
    Phone,
    Contact,
    Goal,
    GoalExpected,
    GoalAchieved,
    Funds,
    /// 任务名称, 主要内容: the headings of a table of tasks within the goal block.
    Task,
    Total,
    /// 小计: the sum of one level, within the indicators.
    Subtotal,
    Indicators,
    Remark,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormTitle {
    kind: FormKind,
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading<C> {
    column: C,
    #[serde(default)]
    is: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelWords {
    label: Label,
    is: Vec<String>,
    /// Words that are labels only in company: with a value behind a colon (`部门：某局`), beside the heading of the other goal.
    #[serde(default)]
    inline: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FundsLines {
    is: Vec<String>,
}

/// A vocabulary file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("用词表 {file} 无法读取：{source}")]
pub struct VocabularyError {
    file: String,
    source: serde_yaml::Error,
}

/// Longest title that is taken for the caption of a form, in characters.
const LONGEST_TITLE: usize = 40;

impl Vocabulary {
    /// The built-in vocabulary.
    ///
    /// A test reads it, so it cannot fail in a released program.
    pub fn builtin() -> &'static Vocabulary {
        static BUILTIN: OnceLock<Vocabulary> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            match Vocabulary::parse("rules/vocabulary.yaml", include_str!("../../rules/vocabulary.yaml")) {
                Ok(vocabulary) => vocabulary,
                Err(error) => unreachable!("{error}"),
            }
        })
    }

    /// Reads a vocabulary from YAML; `file` is named in the error.
    pub fn parse(file: &str, yaml: &str) -> Result<Vocabulary, VocabularyError> {
        let mut vocabulary: Vocabulary =
            serde_yaml::from_str(yaml).map_err(|source| VocabularyError { file: file.to_owned(), source })?;
        vocabulary.fold();
        vocabulary.index = Index::new(&vocabulary);
        Ok(vocabulary)
    }

    /// The kind of form that a caption announces, if it is one.
    pub fn form_kind(&self, title: &str) -> Option<FormKind> {
        let title = self.title(title).filter(|title| !self.foreign.titles.iter().any(|word| title.contains(word)))?;
        let matches = |form: &&FormTitle| {
            form.all.iter().all(|word| title.contains(word)) && !form.none.iter().any(|word| title.contains(word))
        };
        self.forms.iter().find(matches).map(|form| form.kind)
    }

    /// The kind of budget table that a caption announces, if it is one.
    pub fn budget_kind(&self, title: &str) -> Option<BudgetKind> {
        self.budget.kind(&self.title(title)?)
    }

    /// Whether a text is the caption of a table of any kind.
    pub fn is_caption(&self, text: &str) -> bool {
        self.title(text).is_some_and(|title| title.chars().count() > 2)
    }

    /// Whether a text is the title of a performance table of another kind, such as 绩效运行监控表.
    pub fn is_foreign_title(&self, text: &str) -> bool {
        self.title(text).is_some_and(|title| self.foreign.titles.iter().any(|word| title.contains(word)))
    }

    /// Whether a heading stands only in performance tables of another kind: 全年预计完成情况.
    pub fn is_foreign_heading(&self, text: &str) -> bool {
        let text = label(text);
        text.chars().count() <= LONGEST_HEADING && self.foreign.headings.iter().any(|word| text.contains(word))
    }

    /// The title without bracketed additions, the number of its sheet and the unit of money, if the text is one.
    fn title(&self, text: &str) -> Option<String> {
        let title = Spelling::of(text)?.short;
        let title = title.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.')).to_owned();
        let short = title.chars().count() <= LONGEST_TITLE;
        (short && self.title_endings.iter().any(|ending| title.ends_with(ending))).then_some(title)
    }

    /// The column that a heading of an indicator table announces.
    pub fn column(&self, heading: &str) -> Option<Column> {
        find_heading(&self.columns, &self.index.columns, heading)
    }

    /// The column that a heading of the funds block announces.
    pub fn funds_column(&self, heading: &str) -> Option<FundsColumn> {
        find_heading(&self.funds_columns, &self.index.funds_columns, heading)
    }

    /// The label that a cell is.
    pub fn label(&self, text: &str) -> Option<Label> {
        Spelling::of(text)?.find(&self.index.labels)
    }

    /// Whether a cell is a certain label, among others that it may be.
    pub fn is_label(&self, text: &str, wanted: Label) -> bool {
        let Some(Spelling { full, short }) = Spelling::of(text) else { return false };
        self.labels.iter().any(|words| words.label == wanted && (words.is.contains(&full) || words.is.contains(&short)))
    }

    /// The label that a word is only in company: 目标 beside 实际完成情况.
    pub fn weak_label(&self, text: &str) -> Option<Label> {
        let folded = label(text);
        self.labels.iter().find(|words| words.inline.contains(&folded)).map(|words| words.label)
    }

    /// The label with which a text begins and the value that follows its colon: `填报单位：某局`.
    pub fn inline_label(&self, text: &str) -> Option<(Label, String, String)> {
        let at = text.find([':', '：'])?;
        let (name, value) = (text.get(..at)?, text.get(at..)?.trim_start_matches([':', '：']).trim());
        // 填报单位：（盖章）某局
        let value = match value.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
            Some((_, rest)) => rest.trim(),
            None => value,
        };
        if value.is_empty() || value.contains([':', '：']) {
            return None;
        }
        Some((self.label(name).or_else(|| self.weak_label(name))?, name.trim().to_owned(), value.to_owned()))
    }

    /// Whether a text is the title of a section within a form (长期绩效目标表) rather than of a form.
    pub fn is_section(&self, text: &str) -> bool {
        let Some(Spelling { full, .. }) = Spelling::of(text) else { return false };
        let bare = full.trim_matches(['(', ')', '【', '】', '[', ']']);
        self.sections.iter().any(|section| section == bare || *section == without_bracket(&full))
    }

    /// Whether a text names a line of the funds block.
    pub fn is_funds_line(&self, text: &str) -> bool {
        let lines = &self.index.funds_lines;
        Spelling::of(text).is_some_and(|spelling| lines.contains(&spelling.full) || lines.contains(&spelling.short))
    }

    /// Every way in which the heading of a column of an indicator table is printed, folded.
    pub fn headings(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns.iter().flat_map(|heading| heading.is.iter().map(|word| (heading.column, word.as_str())))
    }

    /// Every way in which a label of the header block is printed, folded.
    pub fn label_words(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().flat_map(|words| words.is.iter().map(String::as_str))
    }

    /// Every name of a line of the funds block, folded.
    pub fn funds_line_words(&self) -> impl Iterator<Item = &str> {
        self.funds_lines.is.iter().map(String::as_str)
    }

    /// Every way in which the heading of a column of the funds block is printed, folded.
    pub fn funds_headings(&self) -> impl Iterator<Item = &str> {
        self.funds_columns.iter().flat_map(|heading| heading.is.iter().map(String::as_str))
    }

    fn fold(&mut self) {
        fn fold_all(words: &mut [String]) {
            for word in words {
                *word = label(word);
            }
        }
        for heading in &mut self.columns {
            fold_all(&mut heading.is);
            fold_all(&mut heading.has);
        }
        for heading in &mut self.funds_columns {
            fold_all(&mut heading.is);
            fold_all(&mut heading.has);
        }
        for words in &mut self.labels {
            fold_all(&mut words.is);
        }
        fold_all(&mut self.funds_lines.is);
        self.dump.fold();
    }
}

fn find_heading<C: Copy>(headings: &[Heading<C>], words: &HashMap<String, C>, text: &str) -> Option<C> {
    let spelling = Spelling::of(text)?;
    if let Some(column) = spelling.find(words) {
        return Some(column);
    }
    if spelling.full.chars().count() > LONGEST_HEADING {
        return None;
    }
    let has = |heading: &&Heading<C>| heading.has.iter().any(|word| spelling.full.contains(word));
    headings.iter().find(has).map(|heading| heading.column)
}

/// Longest text that is taken for a heading because it contains a heading's word, in characters.
const LONGEST_HEADING: usize = 24;

/// The text without bracketed additions: `年度指标值(A)` is 年度指标值, `部门(单位)名称` stays as the word list has it.
fn without_bracket(text: &str) -> String {
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builtin_vocabulary_reads() {
        let vocabulary = Vocabulary::builtin();
        assert_eq!(vocabulary.form_kind("项目支出绩效自评表"), Some(FormKind::ProjectSelfEvaluation));
        assert_eq!(vocabulary.form_kind("单位整体支出绩效自评表"), Some(FormKind::OverallSelfEvaluation));
        assert_eq!(vocabulary.form_kind("部门整体绩效目标表"), Some(FormKind::OverallTarget));
        assert_eq!(vocabulary.form_kind("附件3：项目支出绩效目标表（2024年）"), Some(FormKind::ProjectTarget));
        assert_eq!(vocabulary.form_kind("项目支出绩效自评报告"), None);
        assert_eq!(vocabulary.column("年度指标值（A）"), Some(Column::Target));
        assert_eq!(vocabulary.column("指标值设置依据"), Some(Column::Basis));
        assert_eq!(vocabulary.label("项目资金(万元)"), Some(Label::Funds));
    }

    #[test]
    fn captions_of_many_places_announce_their_kind() {
        let vocabulary = Vocabulary::builtin();
        let kind = |title| vocabulary.form_kind(title).map(FormKind::key);
        let announced = [
            ("附件2-1 中央对地方专项转移支付区域绩效目标自评表", "project-self-evaluation"),
            ("表12-1 某市2023年度项目支出绩效自评表", "project-self-evaluation"),
            ("2023年度某某专项资金绩效自评表", "project-self-evaluation"),
            ("某县2023年预算项目支出绩效自评表", "project-self-evaluation"),
            ("项目支出绩效自评表-1", "project-self-evaluation"),
            ("政策绩效自评表", "project-self-evaluation"),
            ("项目支出绩效目标完成情况表", "project-self-evaluation"),
            ("部门整体支出绩效评价指标表", "overall-self-evaluation"),
            ("2024年部门（单位）整体支出绩效自评表", "overall-self-evaluation"),
            ("部门（单位）整体支出绩效目标申报表", "overall-target"),
            ("项目支出绩效目标申报表（2024年度）", "project-target"),
            ("中央对地方转移支付区域绩效目标表", "project-target"),
            ("12.某某专项经费绩效目标表", "project-target"),
        ];
        for (title, expected) in announced {
            assert_eq!(kind(title), Some(expected), "{title}");
        }
        for title in
            ["项目支出绩效运行监控表", "收支总表", "项目支出表", "部门整体支出绩效评价报告", "“三公”经费支出表"]
        {
            assert_eq!(kind(title), None, "{title}");
        }
        assert!(vocabulary.is_foreign_title("2023年项目支出绩效运行监控表"));
    }

    #[test]
    fn label_with_a_value_in_one_cell_is_told_from_a_sentence() {
        let vocabulary = Vocabulary::builtin();
        let read = |text| vocabulary.inline_label(text).map(|(label, _, value)| (label, value));
        assert_eq!(read("填报单位：（盖章）某局"), Some((Label::Unit, "某局".into())));
        assert_eq!(read("部门：某局"), Some((Label::Unit, "某局".into())));
        assert_eq!(read("自评总分：98.5分"), Some((Label::Total, "98.5分".into())));
        assert_eq!(read("单位：万元"), None);
        assert_eq!(read("本次评价采用如下方法：比较法"), None);
    }
}
