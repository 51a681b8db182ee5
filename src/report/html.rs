use super::{RenderError, Report};
use std::io::Write;
pub fn render(_report: &Report, _out: &mut dyn Write) -> Result<(), RenderError> {
    Ok(())
}
