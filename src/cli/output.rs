//! 输出 (output): the result on standard output or, whole or not at all, in a file; everything else on standard error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use jixiao::report::{RenderError, View};
use jixiao::text::visible;

/// Columns of a terminal that does not say how wide it is.
const USUAL_WIDTH: usize = 100;

/// Narrowest and widest layout.
const WIDTHS: std::ops::RangeInclusive<usize> = 60..=200;

/// Copies of one file that are kept beside it.
const MOST_COPIES: usize = 100;

/// A result that could not be handed over.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error("无法写入 {}：{}", file.display(), because(source))]
    File { file: PathBuf, source: io::Error },
    #[error("{}：是设备、管道或文件夹，不能写入；请换一个文件名", .0.display())]
    NotAFile(PathBuf),
    #[error("{}：就是要读取的文件，写入会毁掉原件；请换一个文件名", .0.display())]
    IsInput(PathBuf),
    #[error("{0} 是二进制文件，不能显示在屏幕上；请用 -o 指定要写入的文件")]
    BinaryOnTerminal(&'static str),
    #[error("{}：旁边的备份已经太多；请先整理，再写回原文件", .0.display())]
    TooManyCopies(PathBuf),
    #[error("无法输出结果：{0}")]
    Stdout(io::Error),
}

impl OutputError {
    /// Whether the reader of the output went away, which is no mistake.
    pub fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            OutputError::Render(RenderError::Io(error)) | OutputError::Stdout(error) => Some(error.kind()),
            OutputError::Render(RenderError::Json(error)) => error.io_error_kind(),
            OutputError::Render(RenderError::Csv(error)) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            },
            _ => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}

/// Hands a result to the file of `-o`, else to standard output.
pub fn deliver(
    target: Option<&Path>,
    render: impl FnOnce(&mut dyn Write) -> Result<(), RenderError>,
) -> Result<(), OutputError> {
    match target {
        Some(file) => deliver_file(file, render),
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            render(&mut out)?;
            out.flush().map_err(OutputError::Stdout)
        }
    }
}

/// Refuses to write onto a file that is read, by whatever name.
pub fn refuse_input<'a>(
    target: Option<&Path>,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), OutputError> {
    let Some(target) = target else { return Ok(()) };
    let Ok(real) = target.canonicalize() else { return Ok(()) };
    let is_same = |input: &&PathBuf| input.canonicalize().is_ok_and(|input| input == real);
    inputs.into_iter().find(is_same).map_or(Ok(()), |_| Err(OutputError::IsInput(target.to_owned())))
}

/// Keeps a copy of a file that is written onto, beside it: `自评表.备份.docx`; never onto another copy.
pub fn keep_copy(file: &Path) -> Result<PathBuf, OutputError> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let numbered = (2_usize..).map(|number| format!("{stem}.备份{number}{ending}"));
    let names = std::iter::once(format!("{stem}.备份{ending}")).chain(numbered);
    for name in names.take(MOST_COPIES) {
        let copy = file.with_file_name(name);
        let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(&copy);
        match opened {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(source) => return Err(OutputError::File { file: copy, source }),
            Ok(mut opened) => {
                let copied = std::fs::File::open(file).and_then(|mut from| io::copy(&mut from, &mut opened));
                return copied.map(|_| copy.clone()).map_err(|source| OutputError::File { file: copy, source });
            }
        }
    }
    Err(OutputError::TooManyCopies(file.to_owned()))
}

/// Why a file cannot be written, in Chinese.
fn because(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "文件夹不存在",
        io::ErrorKind::PermissionDenied => "没有写入权限，或文件正被其他程序（如 WPS、Excel）占用",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘空间不足",
        io::ErrorKind::ReadOnlyFilesystem => "所在的磁盘是只读的",
        io::ErrorKind::InvalidFilename => "文件名不合规定或过长",
        _ => "系统不允许写入",
    }
}

/// Writes beside the file and renames, so that a failure leaves what was there before; a link is followed to its file.
fn deliver_file(
    file: &Path,
    render: impl FnOnce(&mut dyn Write) -> Result<(), RenderError>,
) -> Result<(), OutputError> {
    let failed = |source| OutputError::File { file: file.to_owned(), source };
    if file.exists() && !file.is_file() {
        return Err(OutputError::NotAFile(file.to_owned()));
    }
    let file = &file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".jixiao-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    {
        let mut out = BufWriter::new(temporary.as_file_mut());
        render(&mut out)?;
        out.flush().map_err(failed)?;
    }
    temporary.persist(file).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Refuses to put a binary format on a terminal.
pub fn refuse_terminal(format: &'static str, target: Option<&Path>) -> Result<(), OutputError> {
    if target.is_none() && io::stdout().is_terminal() {
        return Err(OutputError::BinaryOnTerminal(format));
    }
    Ok(())
}

/// How to lay out a table for where it goes.
pub fn view(target: Option<&Path>, explain: bool) -> View {
    let terminal = target.is_none() && io::stdout().is_terminal();
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    let width: usize = named.or_else(measured).unwrap_or(USUAL_WIDTH);
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    View { width: width.clamp(*WIDTHS.start(), *WIDTHS.end()), colour: terminal && !plain, explain }
}

/// A short text on standard output; nobody listening is no mistake.
pub fn print(text: &str) {
    let _ = io::stdout().lock().write_all(visible(text).as_bytes());
}

/// A text on standard error.
pub fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(visible(text).as_bytes());
}
