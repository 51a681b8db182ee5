//! Hidden rows and columns of .xlsx sheets, which the workbook library does not tell.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::super::archive::Archive;
use super::super::encoding::decode;
use super::super::xml::{Xml, attribute, count};
use super::super::{Limits, ReadError};
use super::{Sheet, XLSX};

/// Sheet name → part of the archive.
pub(super) struct SheetParts {
    parts: HashMap<String, String>,
}

impl SheetParts {
    /// Finds the parts; a workbook put together otherwise has none, and nothing counts as hidden.
    pub fn find(archive: &mut Archive, limits: &Limits) -> Result<SheetParts, ReadError> {
        let mut targets = HashMap::new();
        each_element(archive, "xl/_rels/workbook.xml.rels", limits, |element| {
            if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
                targets.insert(id, target);
            }
        })?;
        let mut parts = HashMap::new();
        each_element(archive, "xl/workbook.xml", limits, |element| {
            let target = attribute(element, "id").and_then(|id| targets.get(&id));
            if let (Some(name), Some(target)) = (attribute(element, "name"), target) {
                parts.insert(name, full_path(target));
            }
        })?;
        Ok(SheetParts { parts })
    }

    /// Hides the rows and columns that the part of the sheet marks as hidden.
    pub fn hide(&self, name: &str, archive: &mut Archive, sheet: &mut Sheet, limits: &Limits) -> Result<(), ReadError> {
        let Some(part) = self.parts.get(name).filter(|part| archive.find(|name| name == part.as_str()).is_some())
        else {
            return Ok(());
        };
        let bytes = archive.member(part)?;
        let text = decode(&bytes)?;
        if !text.contains("hidden=\"1\"") && !text.contains("hidden=\"true\"") {
            return Ok(());
        }
        let mut row = 0;
        walk(&mut Xml::new(&text, XLSX, limits), &mut |element| {
            let hidden = matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"));
            match element.local_name().as_ref() {
                "row" => {
                    row = count(element, "r").unwrap_or(row + 1);
                    if let Some(index) = zero_based(Some(row)).filter(|_| hidden) {
                        sheet.hide_rows(index, index);
                    }
                }
                "col" if hidden => {
                    if let (Some(first), Some(last)) =
                        (zero_based(count(element, "min")), zero_based(count(element, "max")))
                    {
                        sheet.hide_columns(first, last);
                    }
                }
                _ => {}
            }
        })
    }
}

/// Sheets and their parts stand two levels below the root, rows and columns too; what is in them is passed over.
fn walk(xml: &mut Xml, visit: &mut impl FnMut(&BytesStart)) -> Result<(), ReadError> {
    while let Some(_root) = xml.child()? {
        while let Some(group) = xml.child()? {
            visit(&group);
            xml.flat_children(&mut *visit)?;
        }
    }
    Ok(())
}

fn each_element(
    archive: &mut Archive,
    part: &str,
    limits: &Limits,
    mut visit: impl FnMut(&BytesStart),
) -> Result<(), ReadError> {
    if archive.find(|name| name == part).is_none() {
        return Ok(());
    }
    let bytes = archive.member(part)?;
    walk(&mut Xml::new(&decode(&bytes)?, XLSX, limits), &mut visit)
}

/// Targets are relative to `xl/` unless they begin with a slash.
fn full_path(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("xl/{target}"),
    }
}

fn zero_based(number: Option<usize>) -> Option<u32> {
    u32::try_from(number?.checked_sub(1)?).ok()
}
