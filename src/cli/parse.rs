//! `jixiao parse`

use std::io::{self, BufRead, Write};

use jixiao::indicator::Value;
use jixiao::report::RenderError;
use jixiao::text::visible;

use super::arguments::{ParseArguments, ParseFormat};
use super::failure::Failure;
use super::{Outcome, format, output};

/// What stands for standard input.
const STDIN: &str = "-";

/// Says what one value, or each line of standard input, was understood as.
pub fn run(arguments: &ParseArguments) -> Result<Outcome, Failure> {
    let target = arguments.output.path.as_deref();
    let format = format::choose(arguments.format, target, ParseFormat::Text)?;
    if arguments.text != STDIN {
        let value = Value::parse(&visible(&arguments.text));
        output::deliver(target, |out| write_value(&value, format, out))?;
        return Ok(Outcome::Clean);
    }
    let mut failure = None;
    output::deliver(target, |out| {
        for line in io::stdin().lock().split(b'\n') {
            let line = match line {
                Ok(line) => line,
                Err(error) => {
                    failure = Some(Failure::Stdin(error));
                    break;
                }
            };
            let text = String::from_utf8_lossy(&line);
            write_value(&Value::parse(&visible(text.trim_end_matches('\r'))), each_line(format), out)?;
        }
        Ok(())
    })?;
    failure.map_or(Ok(Outcome::Clean), Err)
}

/// Several values are written one a line.
fn each_line(format: ParseFormat) -> ParseFormat {
    if format == ParseFormat::Json { ParseFormat::Jsonl } else { format }
}

fn write_value(value: &Value, format: ParseFormat, out: &mut dyn Write) -> Result<(), RenderError> {
    match format {
        ParseFormat::Text => writeln!(out, "{}", value.describe())?,
        ParseFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &value.to_json())?;
            writeln!(out)?;
        }
        ParseFormat::Jsonl => {
            serde_json::to_writer(&mut *out, &value.to_json())?;
            writeln!(out)?;
        }
    }
    Ok(())
}
