//! Lists with one indicator a row: cut into the forms that their rows belong to, and what `extract` writes read back.

use jixiao::engine::{Rules, audit_bytes, extract_bytes};
use jixiao::form::{Column, Form, FormKind};
use jixiao::report::extracted;

fn forms(name: &str, bytes: &[u8]) -> Vec<Form> {
    extract_bytes(name, bytes).unwrap().forms
}

fn text(form: &Form) -> (Option<String>, Option<String>, Option<i32>) {
    let text = |field: &Option<jixiao::form::Field>| field.as_ref().map(|field| field.squeezed());
    (text(&form.unit), text(&form.project), form.year)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn rows_are_grouped_by_unit_and_project_wherever_they_stand() {
    let list = "单位,项目,年度,指标,目标值,完成值,权重,得分\n\
        甲局,路灯维护,2024,路灯数,≥5盏,6盏,50,50\n\
        乙局,绿化,2024,面积,≥5亩,4亩,50,50\n\
        甲局,路灯维护,2024,合格率,≥95%,96%,40,40\n\
        乙局,绿化,2024,合格率,≥95%,96%,40,40\n";
    let forms = forms("台账.csv", list.as_bytes());
    assert_eq!(
        forms.iter().map(text).collect::<Vec<_>>(),
        [(some("甲局"), some("路灯维护"), Some(2024)), (some("乙局"), some("绿化"), Some(2024)),]
    );
    let names: Vec<String> = forms[1].rows.iter().map(|row| row.text(Column::Name)).collect();
    assert_eq!(names, ["面积", "合格率"]);
    // A place is the line of the list.
    assert_eq!(forms[1].rows[0].place.line, Some(3));
    assert_eq!(forms[0].kind, FormKind::ProjectSelfEvaluation);
    let audited = audit_bytes("台账.csv", list.as_bytes(), &Rules::auto()).unwrap();
    assert_eq!(audited.case.forms.len(), 2);
}

#[test]
fn a_column_of_organisations_is_no_unit_of_measure_and_the_other_way_round() {
    let organised =
        "单位,指标,目标值,完成值,权重,得分\n甲县财政局,合格率,≥95%,96%,50,50\n乙镇政府,合格率,≥95%,90%,50,50\n";
    let units: Vec<_> = forms("a.csv", organised.as_bytes()).iter().map(|form| text(form).0).collect();
    assert_eq!(units, [some("甲县财政局"), some("乙镇政府")]);
    let measured = "三级指标,单位,指标值,完成值,权重,得分\n路灯数,盏,≥5,6,50,50\n面积,亩,≥5,4,50,50\n";
    let form = &forms("b.csv", measured.as_bytes());
    assert!(form.iter().all(|form| form.unit.is_none()), "{form:?}");
}

#[test]
fn a_list_without_results_is_of_target_tables() {
    let list = "项目名称,一级指标,二级指标,三级指标,指标值\n绿化,产出指标,数量指标,面积,≥5亩\n绿化,产出指标,质量指标,成活率,≥95%\n";
    let forms = forms("目标.csv", list.as_bytes());
    assert_eq!(forms.len(), 1);
    assert_eq!((forms[0].kind, forms[0].rows.len()), (FormKind::ProjectTarget, 2));
}

#[test]
fn what_extract_writes_reads_back_to_the_same_rows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/changji-2024.docx");
    let original = jixiao::engine::extract_file(path).unwrap();
    let (mut csv, mut workbook) = (Vec::new(), Vec::new());
    extracted::csv(&original.document.source, &original.forms, &mut csv).unwrap();
    extracted::workbook(&original.document.source, &original.forms, &mut workbook).unwrap();
    for (name, bytes) in [("表.csv", csv), ("表.xlsx", workbook)] {
        let read = forms(name, &bytes);
        assert_eq!(read.len(), original.forms.len(), "{name}");
        for (before, after) in original.forms.iter().zip(&read) {
            assert_eq!((text(before), before.kind), (text(after), after.kind), "{name}");
            assert_eq!(before.rows.len(), after.rows.len(), "{name}");
            for (before, after) in before.rows.iter().zip(&after.rows) {
                for (column, field) in before.cells().filter(|(_, field)| !field.is_blank()) {
                    assert_eq!(field.squeezed(), after.text(column), "{name}: {column:?}");
                }
            }
        }
    }
}
