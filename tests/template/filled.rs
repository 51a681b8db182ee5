//! Half-filled self-evaluations: what the rules give, what is left to a person, and the file it is written into.

use jixiao::document::read_bytes;
use jixiao::form::{Column, Field, Form, find, mend};
use jixiao::template::Look;
use jixiao::template::fill::{Filled, Spot, fill, patch_docx, write_docx, write_xlsx};
use jixiao::vocabulary::Vocabulary;

use super::{CHANGJI, form, forms, output, rules};

/// The forms of the fixture with rates, scores and totals taken out.
fn half_filled() -> Vec<Form> {
    let mut forms = forms(CHANGJI);
    for form in &mut forms {
        for row in &mut form.rows {
            for column in [Column::Rate, Column::Score] {
                if row.get(column).is_some() {
                    row.set(column, Field::default());
                }
            }
        }
        let weighed =
            form.funds.iter_mut().filter(|line| line.weight.as_ref().is_some_and(|weight| weight.text == "10"));
        for line in weighed {
            (line.rate, line.score) = (Some(Field::default()), Some(Field::default()));
        }
        if let Some(total) = &mut form.total {
            total.score = Some(Field::default());
        }
    }
    forms
}

fn filled() -> Vec<Filled> {
    half_filled().iter().map(|form| fill(form, &rules())).collect()
}

fn read_back(name: &str, bytes: &[u8]) -> Vec<Form> {
    let document = read_bytes(name, bytes).unwrap();
    find(&mend(&document, Vocabulary::builtin()).document, Vocabulary::builtin()).forms
}

fn total(form: &Form) -> String {
    form.total.as_ref().and_then(|total| total.score.as_ref()).map(Field::squeezed).unwrap_or_default()
}

#[test]
fn rates_scores_and_totals_are_those_of_the_rules() {
    let published = forms(CHANGJI);
    let filled = filled();
    let mut differing = Vec::new();
    for (before, after) in published.iter().zip(&filled).skip(1) {
        for (row, new) in before.rows.iter().zip(&after.form.rows) {
            if row.text(Column::Score) != new.text(Column::Score) {
                differing.push((row.text(Column::Name), new.text(Column::Rate), new.text(Column::Score)));
            }
        }
    }
    // The two rows whose published rate is wrong.
    let wanted = [("扩面征收劳务费", "83.78%", "5.35"), ("长期护理保险鉴定执行率", "105.26%", "18.95")];
    let wanted: Vec<_> =
        wanted.iter().map(|(name, rate, score)| (name.to_string(), rate.to_string(), score.to_string())).collect();
    assert_eq!(differing, wanted);
    assert_eq!(total(&filled[2].form), "92.58");
    assert_eq!(total(&filled[8].form), "95.46");
    assert_eq!(filled[8].form.funds[0].rate.as_ref().unwrap().text, "92.65%");
    assert_eq!(filled[8].form.funds[0].score.as_ref().unwrap().text, "9.26");
}

#[test]
fn every_filled_cell_says_why() {
    for form in filled() {
        assert!(form.cells.iter().all(|cell| !cell.reasons.is_empty() && !cell.text.is_empty()));
    }
}

#[test]
fn printed_cells_are_left_alone() {
    let forms = forms(CHANGJI);
    for form in &forms {
        let filled = fill(form, &rules());
        assert!(filled.cells.is_empty(), "{:?}", filled.cells);
        assert!(filled.open.iter().all(|cell| matches!(cell.spot, Spot::Row(_, Column::Reason))), "{:?}", filled.open);
    }
}

#[test]
fn reasons_and_judgements_are_left_to_a_person() {
    let rows = [
        format!("{}, rule: 按照完成比例赋分, rate: '', score: '', reason: ''", output("参保人数", ">=100人", "120人")),
        "level1: 效益指标, level2: 社会效益指标, name: 能力, weight: '20', target: 提升, actual: 部分达到预期指标并具有一定效果, rate: '', score: '', reason: ''".to_owned(),
        format!("{}, rate: '', score: '', reason: ''", output("培训人数", ">=100人", "")),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let filled = fill(&form(2024, &rows), &rules());
    let open: Vec<Spot> = filled.open.iter().map(|cell| cell.spot).collect();
    for spot in [(0, Column::Reason), (1, Column::Score), (2, Column::Actual)] {
        assert!(open.contains(&Spot::Row(spot.0, spot.1)), "{spot:?} {open:?}");
    }
    assert_eq!(filled.form.rows[0].text(Column::Score), "8");
    assert_eq!(filled.form.rows[1].text(Column::Score), "待填：12～16分");
}

#[test]
fn filling_again_changes_nothing() {
    for once in filled() {
        let twice = fill(&once.form, &rules());
        assert_eq!(twice.form.rows, once.form.rows);
    }
}

#[test]
fn filled_forms_read_back_from_workbook_and_document() {
    let filled = filled();
    let (mut xlsx, mut docx) = (Vec::new(), Vec::new());
    write_xlsx(&filled, &rules(), Look::Marked, &mut xlsx).unwrap();
    write_docx(&filled, Look::Marked, &mut docx).unwrap();
    for (name, bytes) in [("a.xlsx", xlsx), ("a.docx", docx)] {
        let back = read_back(name, &bytes);
        assert_eq!(back.len(), filled.len());
        for (form, filled) in back.iter().zip(&filled) {
            assert_same_rows(form, &filled.form);
        }
    }
}

fn assert_same_rows(back: &Form, filled: &Form) {
    assert_eq!(back.rows.len(), filled.rows.len());
    for (row, wanted) in back.rows.iter().zip(&filled.rows) {
        for (column, field) in wanted.cells() {
            assert_eq!(row.text(column), field.squeezed(), "{} {column:?}", wanted.text(Column::Name));
        }
    }
    assert_eq!(total(back), total(filled));
}

#[test]
fn own_document_is_patched_in_place() {
    // The half-filled forms as somebody's own file.
    let blank: Vec<Filled> =
        half_filled().into_iter().map(|form| Filled { form, cells: Vec::new(), open: Vec::new() }).collect();
    let mut original = Vec::new();
    write_docx(&blank, Look::Marked, &mut original).unwrap();
    let filled: Vec<Filled> = read_back("own.docx", &original).iter().map(|form| fill(form, &rules())).collect();
    let patched = patch_docx(&original, &filled, Look::Marked).unwrap();
    assert_eq!(patched.missed, Vec::<String>::new());
    for (form, filled) in read_back("own.docx", &patched.bytes).iter().zip(&filled) {
        assert_same_rows(form, &filled.form);
    }
}

#[test]
fn file_that_is_no_document_is_refused() {
    assert!(patch_docx(b"nothing", &[], Look::Marked).is_err());
    assert!(patch_docx(b"", &[], Look::Marked).is_err());
}

#[test]
fn row_that_is_not_in_the_document_is_told() {
    let mut original = Vec::new();
    write_docx(&filled(), Look::Marked, &mut original).unwrap();
    let other = fill(&form(2024, &[&format!("{}, score: ''", output("别处的指标", ">=100人", "120人"))]), &rules());
    let patched = patch_docx(&original, &[other], Look::Marked).unwrap();
    assert!(patched.missed.iter().any(|cell| cell.contains("别处的指标")), "{:?}", patched.missed);
}
