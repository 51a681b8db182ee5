//! 收据 (receipt): what is needed to get the same result again.

use super::{DocumentReport, Report};

/// Engine, input and rule sets of a document, one line each, with whole hashes.
pub fn lines(report: &Report, document: &DocumentReport) -> Vec<String> {
    let mut lines = vec![format!("jixiao {}", report.engine), format!("输入 sha256 {}", document.sha256)];
    lines.extend(document.before.iter().map(|before| format!("对照 {}，sha256 {}", before.file, before.sha256)));
    for form in &document.forms {
        let line = format!("规则集 {}（指纹 {}）", form.rules.id, form.rules.hash);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let counts = document.counts();
    lines.push(format!("已核实 {} 分（满分合计 {} 分）", super::plain(counts.verified), super::plain(counts.weight)));
    lines.push("得分按规则集保留的小数位比较，接受四舍五入或舍去".to_owned());
    lines
}
