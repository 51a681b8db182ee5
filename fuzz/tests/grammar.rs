//! Any text is a value, a figure, a form file or a rule file, or is said not to be understood.

use bolero::check;
use jixiao::indicator::{Figure, Value};

/// Characters that targets are made of; random text alone would hardly ever reach the grammar.
const ALPHABET: &[char] = &[
    '0', '1', '2', '9', '5', '.', ',', '%', '‰', '>', '<', '=', '≥', '≤', '》', '《', '€', '~', '-', '—', '/', '年',
    '月', '日', '前', '底', '内', '每', '季', '度', '以', '上', '下', '不', '低', '于', '万', '亿', '千', '元', '人',
    '次', '（', '）', ' ', '提', '升', '无', '约', '左', '右', '$', '\\', '百', '分', '之', '十', '一', '两',
];

fn text(choices: &[u8]) -> String {
    choices.iter().map(|choice| ALPHABET[usize::from(*choice) % ALPHABET.len()]).collect()
}

#[test]
fn value_prints_back_to_its_meaning() {
    check!().with_iterations(5_000).with_type::<Vec<u8>>().for_each(|choices| {
        let value = Value::parse(&text(choices));
        let canonical = value.canonical();
        assert_eq!(Value::parse(&canonical).canonical(), canonical, "{:?}", value.written);
        let _ = value.to_json();
        let _ = value.describe();
    });
}

#[test]
fn any_value() {
    check!().with_iterations(5_000).with_type::<String>().for_each(|text| {
        let _ = Value::parse(text).canonical();
        let _ = Figure::parse(text);
    });
}

#[test]
fn forms_file() {
    check!().with_iterations(2_000).with_type::<String>().for_each(|text| {
        let _ = jixiao::form::contract::read_forms(text);
    });
}
