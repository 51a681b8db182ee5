//! 断裂文本用词 (dump words): the words and signs by which broken text dumps are mended.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::text::label;

/// 断裂文本用词: how the cells of a text dump show what they are, and what scanning made of signs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DumpWords {
    /// What a comparison begins with: `≥`, `<=`, 不低于 …
    pub comparators: Vec<String>,
    /// What a qualitative result is made of: 提升, 减轻, 合格 …
    pub phrases: Vec<String>,
    /// What stands where nothing is to be written: `/`, 新增 …
    pub blanks: Vec<String>,
    /// How a deadline or a recurring date ends: 日内, 月底前 …
    pub deadline_endings: Vec<String>,
    /// Words that a measured value ends with: 万元, 次, 差错 …
    pub units: Vec<String>,
    /// Words that make a text a source of a target: 计划, 标准, 文件 …
    pub basis_hints: Vec<String>,
    /// Words that make a text a scoring rule: 赋分, 评分 …
    pub rule_hints: Vec<String>,
    /// What the name of a kind of evidence ends with: 资料, 凭证 …
    pub evidence_endings: Vec<String>,
    /// What a 指标性质 column holds: `≥`, 定性, 正向 …
    pub signs: Vec<String>,
    /// Labels of header blocks beyond those that have a meaning of their own: 项目编码, 单位地址 …
    pub labels: Vec<String>,
    /// Section titles of forms with several groups of indicators, in order of preference: 长期绩效目标表 …
    pub groups: Vec<String>,
    /// The group that a section of values for several years belongs to.
    pub yearly_group: String,
    /// The group that a section of one value belongs to where the other section has several years.
    pub lasting_group: String,
    /// Words of a value's heading that stand above the years of a two-level heading: 指标值 …
    pub year_parents: Vec<String>,
    /// Lone characters that scanning leaves of a torn label: 示, 标 …
    pub fragments: Vec<String>,
    /// What the weights of a form usually add up to: 90 beside the funds line's 10, or 100.
    pub weight_sums: Vec<Decimal>,
    /// How the full name of a level ends: 指标.
    pub level_ending: String,
    /// Which level-2 words belong to which level-1 word.
    pub families: Vec<Family>,
    /// How a paragraph after the last table of forms begins: 第, 一、 …
    pub section_starts: Vec<String>,
    /// How the text of what was achieved begins, a year before it aside: 截至, 本单位 …
    pub achievement_starts: Vec<String>,
    /// Signs in value cells that scanning misread, before a number.
    pub value_signs: Vec<Replacement>,
    /// Residue of formula markup and what it stands for.
    pub formula_residue: Vec<Replacement>,
    /// Names of tags of markup that a cell may keep: p, i, br …
    pub tags: Vec<String>,
    /// How marks begin that converters leave in brackets: `[bookmark:`.
    pub bookmarks: Vec<String>,
    /// A digit that scanning made of the sign before a percentage, with the sign: `2` for `≥`.
    pub sign_digits: Vec<Replacement>,
}

/// 指标层级: a level-1 word and the level-2 words that belong to it and to no other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub level1: String,
    pub level2: Vec<String>,
}

/// What was printed, and what it stands for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replacement {
    pub printed: String,
    pub read: String,
}

impl DumpWords {
    pub(super) fn fold(&mut self) {
        let lists = [&mut self.labels, &mut self.groups, &mut self.year_parents, &mut self.fragments];
        for word in lists.into_iter().flatten() {
            *word = label(word);
        }
    }
}
