//! 试读 (trial): a PDF is first read in a process of its own, so that one file can never take the run with it.
//!
//! The libraries that read PDFs take memory and time before they can be asked how much; what a small file asks for is known
//! only once it is asked for. So the same program reads it once under limits of the system; a file that stays within them is
//! then read as any other. Only there where the system has such limits.

use std::path::Path;

use super::failure::Failure;

/// The hidden word by which the program calls itself.
pub const WORD: &str = "--trial-read";

/// Reads the file of a trial and ends the process; what it says is of no interest.
#[cfg(all(unix, feature = "pdf"))]
pub fn read(file: &Path) -> std::process::ExitCode {
    use rlimit::Resource;

    std::panic::set_hook(Box::new(|_| {}));
    let Ok(bytes) = std::fs::read(file) else { return std::process::ExitCode::SUCCESS };
    let size = bytes.len() as u64;
    let limits = [(Resource::AS, MEMORY + size.saturating_mul(MEMORY_FOLD)), (Resource::CPU, SECONDS + (size >> 20))];
    for (resource, limit) in limits {
        let Ok((_, hard)) = resource.get() else { continue };
        let limit = limit.min(hard);
        let _ = resource.set(limit, limit);
    }
    let _ = jixiao::document::pdf::try_read(&bytes);
    std::process::ExitCode::SUCCESS
}

#[cfg(not(all(unix, feature = "pdf")))]
pub fn read(_: &Path) -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}

/// Memory for any PDF, and for each of its bytes.
#[cfg(all(unix, feature = "pdf"))]
const MEMORY: u64 = 700 << 20;
#[cfg(all(unix, feature = "pdf"))]
const MEMORY_FOLD: u64 = 20;

/// Seconds for any PDF; one more for each megabyte.
#[cfg(all(unix, feature = "pdf"))]
const SECONDS: u64 = 6;

/// Bytes at the head of a file within which the mark of a PDF stands.
#[cfg(all(unix, feature = "pdf"))]
const HEAD: usize = 1024;

/// Refuses a PDF that cannot be read within the limits; every other file passes.
#[cfg(all(unix, feature = "pdf"))]
pub fn pass(file: &Path) -> Result<(), Failure> {
    use std::process::{Command, Stdio};

    if !is_pdf(file) {
        return Ok(());
    }
    let Ok(program) = std::env::current_exe() else { return Ok(()) };
    let mut command = Command::new(program);
    command.arg(WORD).arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // A system that starts no process cannot try the file; it is read all the same.
    let Ok(status) = command.status() else { return Ok(()) };
    // A reader that gave up, or a panic that is caught in earnest, ends with a code; the limits of the system end with a signal.
    if status.code().is_some() {
        return Ok(());
    }
    let why = "读取这个 PDF 所需的内存或时间超过上限，已停止；文件可能已损坏或被恶意构造。请用办公软件打开后另存一份，或索取原来的 Word、Excel 文件。";
    Err(Failure::Unreadable { file: file.to_owned(), why: why.to_owned() })
}

#[cfg(not(all(unix, feature = "pdf")))]
pub fn pass(_: &Path) -> Result<(), Failure> {
    Ok(())
}

#[cfg(all(unix, feature = "pdf"))]
fn is_pdf(file: &Path) -> bool {
    use std::io::Read;

    if !file.is_file() {
        return false;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && head.windows(5).any(|window| window == b"%PDF-")
}
