//! 起始文件 (outline): a rule file to start from, which extends a set and says where to write what.

use crate::ruleset::RuleSet;

/// A rule file that extends a set and is valid as it stands; `id` names the new set.
pub fn starting_file(id: &str, base: &RuleSet) -> String {
    let province = base.jurisdiction.province.as_deref().unwrap_or("省份简称");
    let year = base
        .in_force
        .from
        .map_or_else(|| "# in-force: {from: 2024}".to_owned(), |from| format!("in-force: {{from: {from}}}"));
    let (target, points) = ("≥100", "10");
    let sections = [
        format!("# 在 {} 的基础上修改：只写不同的部分，其余沿用。写完用 jixiao rules check 核对。", base.id),
        format!("id: {id}"),
        format!("title: {}（修改）", base.title),
        format!("extends: {}", base.id),
        format!("place: {{level: unplaced, automatic: false}}   # 省级写 {{level: province, province: {province}}}"),
        year,
        "source:".to_owned(),
        "  document: 请写明文件名称".to_owned(),
        "  # number: 文号".to_owned(),
        "  # address: 网址".to_owned(),
        "  provenance: unconfirmed   # published 已核对原文，form 由自评表归纳，inferred 推断，unconfirmed 待核对"
            .to_owned(),
        String::new(),
        "# 规则：同名的规则整条替换；百分率一律写 60% 这样的形式。".to_owned(),
        "# rules:".to_owned(),
        "#   - name: 按照完成比例赋分".to_owned(),
        "#     clause: 第几条".to_owned(),
        "#     cases:".to_owned(),
        "#       - for: [number]".to_owned(),
        "#         curve:".to_owned(),
        "#           - {to: 60%, give: 0%}                            # 60%及以下不得分".to_owned(),
        "#           - {above: 60%, below: 100%, give: [0%, 100%]}    # 60%以上按直线升到满分".to_owned(),
        "#           - {from: 100%, give: 100%}                       # 100%及以上得满分".to_owned(),
        "# 预算执行率、等级、权重、小数处理的写法见 docs/rules.md。".to_owned(),
        String::new(),
        "# 算例：写上原文中的例子，每次读取都会核对。".to_owned(),
        "examples:".to_owned(),
        format!("  - {{target: {target}, actual: 100, weight: {points}, score: {}}}", full_score(base)),
    ];
    sections.join("\n") + "\n"
}

/// What the base gives for a target that is just met.
fn full_score(base: &RuleSet) -> String {
    use crate::ruleset::TargetKind;
    use crate::ruleset::present::points_at;
    use crate::score::Points;
    use rust_decimal::Decimal;

    match points_at(base, None, TargetKind::AtLeast, Decimal::ONE, Decimal::TEN) {
        Some(Points::Exact { rounded, .. }) => rounded.normalize().to_string(),
        Some(Points::Within { low, high, .. }) => format!("[{low}, {high}]"),
        None => "10".to_owned(),
    }
}
