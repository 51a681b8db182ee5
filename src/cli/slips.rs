//! 退回修改通知 (slips): one letter for each unit, in a folder.

use std::collections::HashSet;
use std::path::Path;

use jixiao::report::{Report, ReturnSlip, return_slips};

use super::failure::Failure;
use super::output::{self, OutputError};

/// Writes a letter for every unit that has something to put right; the number of letters.
pub fn write(report: &Report, folder: &Path) -> Result<usize, Failure> {
    let failed = |source| Failure::Output(OutputError::File { file: folder.to_owned(), source });
    std::fs::create_dir_all(folder).map_err(failed)?;
    let slips = return_slips(report).map_err(OutputError::from)?;
    let mut taken = HashSet::new();
    for slip in &slips {
        let file = folder.join(free_name(slip, &mut taken));
        output::deliver(Some(&file), |out| Ok(out.write_all(&slip.bytes)?))?;
    }
    Ok(slips.len())
}

/// A file name that every system takes, and that no other unit of the run has.
fn free_name(slip: &ReturnSlip, taken: &mut HashSet<String>) -> String {
    let name = slip.file_stem();
    let numbered = (2_usize..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
    format!("{}.docx", free.unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_unit_cannot_leave_the_folder_or_take_another_letter() {
        let slip = |unit: &str| ReturnSlip { unit: Some(unit.to_owned()), bytes: Vec::new() };
        let mut taken = HashSet::new();
        assert_eq!(free_name(&slip("../../某局"), &mut taken), "退回修改通知-______某局.docx");
        assert_eq!(free_name(&slip("某局\u{1b}"), &mut taken), "退回修改通知-某局.docx");
        assert_eq!(free_name(&slip("某局"), &mut taken), "退回修改通知-某局-2.docx");
    }
}
