//! 数字格式 (number format): the text a sheet shows for a number.
//!
//! Forms publish what the sheet shows: `95%` is stored as 0.95, `3.50` as 3.5 and a date as a count of days.

mod date;
mod section;

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use section::Section;

/// How numbers are shown in a workbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Display {
    /// Dates count from 1904 instead of 1900.
    pub from_1904: bool,
}

/// Format numbers whose code the file leaves out or whose look depends on the place: the Chinese forms.
const BUILTIN: [(u32, &str); 38] = [
    (1, "0"),
    (2, "0.00"),
    (3, "#,##0"),
    (4, "#,##0.00"),
    (9, "0%"),
    (10, "0.00%"),
    (11, "0.00E+00"),
    (14, "yyyy/m/d"),
    (15, "d-mmm-yy"),
    (16, "d-mmm"),
    (17, "mmm-yy"),
    (18, "h:mm AM/PM"),
    (19, "h:mm:ss AM/PM"),
    (20, "h:mm"),
    (21, "h:mm:ss"),
    (22, "yyyy/m/d h:mm"),
    (27, "yyyy\"年\"m\"月\""),
    (28, "m\"月\"d\"日\""),
    (29, "m\"月\"d\"日\""),
    (30, "m-d-yy"),
    (31, "yyyy\"年\"m\"月\"d\"日\""),
    (32, "h\"时\"mm\"分\""),
    (33, "h\"时\"mm\"分\"ss\"秒\""),
    (36, "yyyy\"年\"m\"月\""),
    (37, "#,##0;-#,##0"),
    (38, "#,##0;-#,##0"),
    (39, "#,##0.00;-#,##0.00"),
    (40, "#,##0.00;-#,##0.00"),
    (45, "mm:ss"),
    (46, "[h]:mm:ss"),
    (50, "yyyy\"年\"m\"月\""),
    (51, "m\"月\"d\"日\""),
    (52, "yyyy\"年\"m\"月\""),
    (53, "m\"月\"d\"日\""),
    (54, "m\"月\"d\"日\""),
    (57, "yyyy\"年\"m\"月\""),
    (58, "m\"月\"d\"日\""),
    (49, "@"),
];

/// The code of a built-in format number.
pub(super) fn builtin(number: u32) -> Option<&'static str> {
    BUILTIN.iter().find(|entry| entry.0 == number).map(|entry| entry.1)
}

impl Display {
    /// The text shown for a number under a format code; without one, as the general format shows it.
    pub fn number(self, value: f64, code: Option<&str>) -> String {
        let Some(exact) = decimal(value) else { return value.to_string() };
        let Some(code) = code.filter(|code| !code.is_empty()) else { return general(exact) };
        let sections: Vec<Section> = section::split(code).map(Section::parse).collect();
        let Some((section, signed)) = choose(&sections, exact) else { return general(exact) };
        if section.is_date() {
            return date::show(&section, exact, self.from_1904).unwrap_or_else(|| general(exact));
        }
        section.number(if signed { exact } else { exact.abs() })
    }
}

/// The section of a code that applies to a value, and whether it shows the minus sign itself.
fn choose(sections: &[Section], value: Decimal) -> Option<(Section, bool)> {
    if let Some(section) = sections.iter().find(|section| section.condition_holds(value)) {
        return Some((section.clone(), true));
    }
    let plain: Vec<&Section> = sections.iter().filter(|section| !section.has_condition()).collect();
    let first = plain.first()?;
    let section = match plain.len() {
        0 | 1 => return Some(((*first).clone(), true)),
        _ if value < Decimal::ZERO => return plain.get(1).map(|section| ((*section).clone(), false)),
        2 => first,
        _ if value.is_zero() => plain.get(2)?,
        _ => first,
    };
    Some(((*section).clone(), true))
}

/// The decimal that a sheet calculates with: fifteen significant digits, so that 0.1 + 0.2 is 0.3.
pub(super) fn decimal(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    let digits = format!("{value:.14e}");
    Decimal::from_scientific(&digits).or_else(|_| Decimal::from_str(&value.to_string())).ok().map(|d| d.normalize())
}

/// The general format: as many decimals as fit into eleven places.
fn general(value: Decimal) -> String {
    let whole_digits = value.abs().trunc().to_string().len();
    let places = 10usize.saturating_sub(whole_digits);
    let rounded = value.round_dp_with_strategy(places as u32, RoundingStrategy::MidpointAwayFromZero);
    // A number too small for eleven places would vanish; it is shown in full instead.
    if rounded.is_zero() { value.normalize().to_string() } else { rounded.normalize().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, code: &str) -> String {
        Display { from_1904: false }.number(value, Some(code))
    }

    #[test]
    fn numbers_read_as_the_sheet_shows_them() {
        let cases = [
            (0.95, "0%", "95%"),
            (0.999, "0.00%", "99.90%"),
            (0.9987, "0.##%", "99.87%"),
            (3.5, "0.00", "3.50"),
            (1239.7, "#,##0.00", "1,239.70"),
            (1234567.0, "#,##0", "1,234,567"),
            (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
            (-3.0, "0.0", "-3.0"),
            (0.0, "0.00;-0.00;\"-\"", "-"),
            (12.0, "0\"人\"", "12人"),
            (12.0, "General\"万元\"", "12万元"),
            (12.0, "≥0", "≥12"),
            (95.0, "\\≥0\\%", "≥95%"),
            (63156.0, "[$¥-804]#,##0.00", "¥63,156.00"),
            (1.0, "000", "001"),
            (0.5, "#.0", ".5"),
            (15000.0, "0.0,\"千\"", "15.0千"),
            (3.0, "General", "3"),
            (5.0, "@", "5"),
            (-0.001, "0.00", "0.00"),
            (0.5, "# ?/?", "1/2"),
            (1.25, "0.00E+00", "1.25E+00"),
        ];
        for (value, code, text) in cases {
            assert_eq!(shown(value, code), text, "{value} under {code}");
        }
    }

    #[test]
    fn rounding_is_half_up_on_the_written_decimal() {
        assert_eq!(shown(2.675, "0.00"), "2.68");
        assert_eq!(shown(1.005, "0.00"), "1.01");
        assert_eq!(shown(-2.675, "0.00"), "-2.68");
    }

    #[test]
    fn sums_show_no_binary_noise() {
        assert_eq!(shown(0.1 + 0.2, "General"), "0.3");
        assert_eq!(shown(1239.6999999999998, "General"), "1239.7");
        assert_eq!(shown(95.83333333333333, "General"), "95.83333333");
    }

    #[test]
    fn dates_read_as_the_sheet_shows_them() {
        let cases = [
            (45651.0, "yyyy\"年\"m\"月\"d\"日\"", "2024年12月25日"),
            (45651.0, "yyyy/m/d", "2024/12/25"),
            (45651.0, "yyyy-mm-dd", "2024-12-25"),
            (45651.0, "yyyy\\-mm\\-dd;@", "2024-12-25"),
            (45651.0, "[$-804]yyyy\"年\"m\"月\"", "2024年12月"),
            (45651.5, "yyyy/m/d h:mm", "2024/12/25 12:00"),
            (45651.75, "h:mm AM/PM", "6:00 PM"),
            (1.5, "[h]:mm", "36:00"),
            (60.0, "yyyy/m/d", "1900/2/29"),
            (59.0, "yyyy/m/d", "1900/2/28"),
        ];
        for (value, code, text) in cases {
            assert_eq!(shown(value, code), text, "{value} under {code}");
        }
    }

    #[test]
    fn the_colour_red_is_no_date() {
        assert_eq!(shown(12.5, "0.0;[Red]-0.0"), "12.5");
        assert_eq!(shown(-12.5, "0.0;[Red]-0.0"), "-12.5");
    }
}
