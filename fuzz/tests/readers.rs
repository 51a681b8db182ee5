//! Broken files of every format: one target for each reader.
//!
//! Each input is a real file with a few bytes changed and perhaps its end cut off, so that most inputs get past the first
//! check of the format.

use bolero::check;
use jixiao_fuzz::{mutate, read_forms};

/// Inputs for each target in an ordinary test run.
const ITERATIONS: usize = 150;

/// Edits and cut of one input.
type Damage = (Vec<(u32, u8)>, Option<u32>);

macro_rules! targets {
    ($($(#[$attribute:meta])* $name:ident: $file:literal;)+) => {
        $(
            #[test]
            $(#[$attribute])*
            fn $name() {
                let original = include_bytes!(concat!("../../tests/fixtures/", $file));
                check!().with_iterations(ITERATIONS).with_type::<Damage>().for_each(|(edits, cut)| {
                    // Most files are whole: one in eight is cut.
                    let cut = cut.filter(|length| length % 8 == 0);
                    read_forms(&mutate(original, edits, cut));
                });
            }
        )+
    };
}

targets! {
    docx: "documents/quirks.docx";
    doc: "documents/overall.doc";
    odt: "documents/overall.odt";
    xlsx: "documents/one-sheet.xlsx";
    xls: "documents/forms.xls";
    ods: "documents/forms.ods";
    html: "documents/overall.gbk.html";
    pdf: "pdf/owner.pdf";
}

#[test]
fn any_bytes() {
    check!().with_iterations(2_000).for_each(|bytes: &[u8]| read_forms(bytes));
}

#[test]
fn any_text() {
    check!().with_iterations(1_000).with_type::<String>().for_each(|text| read_forms(text.as_bytes()));
}
