//! 解读 (interpret): the texts of a form as values and figures.

use super::together::read_together;
use super::{Figure, Funds, Indicator, IndicatorTable, Meaning, Reading, Value};
use crate::form::{Column, Field, Form, FundsLine, Row};

/// 解读表单: reads every cell that means something; a cell that is not understood stays in its place and says so.
pub fn interpret(form: &Form) -> IndicatorTable {
    IndicatorTable {
        rows: form.rows.iter().map(indicator).collect(),
        funds: form.funds.iter().map(funds).collect(),
        total_weight: figure(form.total.as_ref().and_then(|total| total.weight.as_ref())),
        total_score: figure(form.total.as_ref().and_then(|total| total.score.as_ref())),
    }
}

fn indicator(row: &Row) -> Indicator {
    let mut indicator = Indicator {
        name: row.text(Column::Name),
        level1: row.text(Column::Level1),
        level2: row.text(Column::Level2),
        weight: figure(row.get(Column::Weight)),
        target: target(row),
        actual: row.get(Column::Actual).map(|field| result(row, field)),
        previous: row.get(Column::Previous).map(|field| result(row, field)),
        rate: figure(row.get(Column::Rate)),
        score: figure(row.get(Column::Score)),
        rule: row.get(Column::Rule).map(Field::squeezed).filter(|rule| !rule.is_empty()),
        reason: row.get(Column::Reason).map(|field| field.text.trim().to_owned()),
    };
    read_together(&mut indicator);
    indicator
}

/// The target with the sign and the unit that stand in columns of their own.
fn target(row: &Row) -> Value {
    let text = one_line(text_of(row, Column::Target));
    match (row.get(Column::Sign), row.get(Column::Unit)) {
        (None, None) => Value::parse(&text),
        (sign, unit) => Value::from_parts(field_text(sign), &text, field_text(unit)),
    }
}

/// A result; a bare number has the unit of the 度量单位 column.
fn result(row: &Row, field: &Field) -> Value {
    let text = one_line(&field.text);
    let value = Value::parse(&text);
    let Some(unit) = row.get(Column::Unit) else { return value };
    let bare = match &value.meaning {
        Meaning::Bound(bound) => bound.quantity.unit.is_empty(),
        Meaning::Range(range) => range.high.unit.is_empty(),
        Meaning::Deadline(_) => true,
        _ => false,
    };
    if !bare {
        return value;
    }
    let with_unit = Value::from_parts("", &text, &unit.text);
    Value { written: text, ..with_unit }
}

/// A line break within a cell is layout, not part of the value: a narrow cell breaks `<=44.74812` anywhere.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], "")
}

fn text_of(row: &Row, column: Column) -> &str {
    field_text(row.get(column))
}

fn field_text(field: Option<&Field>) -> &str {
    field.map(|field| field.text.as_str()).unwrap_or_default()
}

fn figure(field: Option<&Field>) -> Reading<Figure> {
    field.map_or(Reading::Absent, |field| Figure::parse(&field.text))
}

fn funds(line: &FundsLine) -> Funds {
    Funds {
        name: line.name.squeezed(),
        initial: figure(line.initial.as_ref()),
        budget: figure(line.budget.as_ref()),
        spent: figure(line.spent.as_ref()),
        weight: figure(line.weight.as_ref()),
        rate: figure(line.rate.as_ref()),
        score: figure(line.score.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Place;

    fn row(cells: &[(Column, &str)]) -> Indicator {
        let mut row = Row::new(Place::line(1));
        for (column, text) in cells {
            row.set(*column, Field::new(*text, Place::line(1)));
        }
        indicator(&row)
    }

    #[test]
    fn sign_and_unit_columns_join_the_target_and_the_bare_result() {
        let read = row(&[
            (Column::Sign, "≥"),
            (Column::Target, "95"),
            (Column::Unit, "%"),
            (Column::Actual, "96.5"),
            (Column::Previous, "新增"),
        ]);
        assert_eq!(read.target.canonical(), "≥95%");
        assert_eq!(read.actual.map(|value| value.canonical()).as_deref(), Some("96.5%"));
        assert_eq!(read.previous.map(|value| value.meaning), Some(Meaning::Missing));
    }

    #[test]
    fn an_absent_column_is_told_from_a_blank_cell() {
        let read = row(&[(Column::Target, "=1辆"), (Column::Score, " ")]);
        assert_eq!(read.actual, None);
        assert_eq!(read.score, Reading::Blank);
        assert_eq!(read.weight, Reading::Absent);
    }
}
