//! 内置规则集 (builtin): the rule files that ship with the program.

use std::sync::{Arc, OnceLock};

use crate::ruleset::{RuleFileError, RuleSet, load};

/// Declares the built-in files by id; each is `rules/sets/ID.yaml`.
macro_rules! builtin {
    ($($id:literal),+ $(,)?) => {
        const FILES: &[(&str, &str, &str)] = &[$((
            $id,
            concat!("rules/sets/", $id, ".yaml"),
            include_str!(concat!("../../rules/sets/", $id, ".yaml")),
        ),)+];
    };
}

builtin!(
    "xinjiang-2024",
    "mof-2021-101",
    "mof-2020-10",
    "kaoping-legacy",
    "anhui-2022",
    "beijing-2016",
    "chengdu-pidu-2025",
    "guangxi",
    "guizhou-2022",
    "hebei-2019",
    "henan-2020",
    "henan-2024",
    "henan-bonds",
    "hubei-2020",
    "hunan-department",
    "jiangxi-2017",
    "jiangxi-platform",
    "shanghai-2022",
    "shanxi-platform",
    "sichuan-2023",
    "yinchuan-2021",
    "zhejiang-platform",
    "platform-module",
    "platform-manual",
    "template-generic",
);

/// The ids of the built-in sets, in the order of the list.
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _, _)| *id)
}

/// File name and text of a built-in set.
pub fn text(id: &str) -> Option<(&'static str, &'static str)> {
    FILES.iter().find(|(known, _, _)| *known == id).map(|(_, file, text)| (*file, *text))
}

/// Reads every built-in file again, with its problems.
pub fn read_all() -> Vec<Result<RuleSet, RuleFileError>> {
    FILES.iter().map(|(_, file, text)| load::parse(file, text, None)).collect()
}

/// 内置规则集, validated once.
///
/// A test reads every file, so none can fail in a released program; one that did would be left out.
pub fn sets() -> &'static [Arc<RuleSet>] {
    static SETS: OnceLock<Vec<Arc<RuleSet>>> = OnceLock::new();
    SETS.get_or_init(|| read_all().into_iter().flatten().map(Arc::new).collect())
}

/// The built-in set with an id.
pub fn find(id: &str) -> Option<Arc<RuleSet>> {
    sets().iter().find(|set| set.id == id).cloned()
}
