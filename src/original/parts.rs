//! 部件 (parts): an Office package in memory; what is not replaced is copied as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::OriginalError;
use crate::document::attribute;

/// Largest part that is changed, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The list of the content types of a package.
const TYPES: &str = "[Content_Types].xml";

/// 文件包: the parts of an original with what was replaced or added.
pub(crate) struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Name without a leading slash → the name in the archive.
    names: BTreeMap<String, String>,
    replaced: BTreeMap<String, String>,
}

impl<'a> Parts<'a> {
    pub fn open(original: &'a [u8]) -> Result<Self, OriginalError> {
        let zip = ZipArchive::new(Cursor::new(original))?;
        let mut names = BTreeMap::new();
        for name in zip.file_names_raw() {
            let name = String::from_utf8_lossy(name).into_owned();
            names.insert(name.replace('\\', "/").trim_start_matches('/').to_owned(), name);
        }
        Ok(Parts { zip, names, replaced: BTreeMap::new() })
    }

    /// Whether the package has a part.
    pub fn has(&self, name: &str) -> bool {
        self.replaced.contains_key(name) || self.names.contains_key(name)
    }

    /// The text of a part as it stands now.
    pub fn text(&mut self, name: &str) -> Result<String, OriginalError> {
        if let Some(text) = self.replaced.get(name) {
            return Ok(text.clone());
        }
        let own = self.names.get(name).ok_or_else(|| OriginalError::Missing(name.to_owned()))?;
        let mut bytes = Vec::new();
        self.zip.by_name(own)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(OriginalError::TooLarge { part: name.to_owned(), limit: LARGEST });
        }
        let text = String::from_utf8(bytes).map_err(|_| OriginalError::Xml { part: name.to_owned() })?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }

    /// Replaces a part, or adds it.
    pub fn put(&mut self, name: impl Into<String>, text: String) {
        self.replaced.insert(name.into(), text);
    }

    /// Calls `visit` for every element of a part.
    pub fn elements(&mut self, name: &str, mut visit: impl FnMut(&BytesStart)) -> Result<(), OriginalError> {
        let text = self.text(name)?;
        let mut reader = Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element) | Event::Empty(element)) => visit(&element),
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(_) => return Err(OriginalError::Xml { part: name.to_owned() }),
            }
        }
    }

    /// The parts that a part points to by a kind of relation, the last word of its address (`comments`, `vmlDrawing`): id
    /// and name.
    pub fn related(&mut self, part: &str, kind: &str) -> Result<Vec<(String, String)>, OriginalError> {
        let list = relations(part);
        let mut found = Vec::new();
        if self.has(&list) {
            self.elements(&list, |element| {
                let kind_is =
                    attribute(element, "Type").is_some_and(|address| address.rsplit('/').next() == Some(kind));
                if let (true, Some(id), Some(target)) =
                    (kind_is, attribute(element, "Id"), attribute(element, "Target"))
                {
                    found.push((id, resolved(part, &target)));
                }
            })?;
        }
        Ok(found)
    }

    /// Lets a part point to another, and returns the id of the relation.
    pub fn relate(&mut self, part: &str, kind: &str, target: &str) -> Result<String, OriginalError> {
        let list = relations(part);
        let mut text =
            if self.has(&list) { self.text(&list)? } else { format!("{}{EMPTY_RELATIONS}", crate::word::DECLARATION) };
        let id = (1..).map(|number| format!("jixiao{number}")).find(|id| !text.contains(&format!("\"{id}\"")));
        let id = id.unwrap_or_default();
        let line = format!(
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="/{target}"/>"#
        );
        insert_before_end(&mut text, &list, "Relationships", &line)?;
        self.put(list, text);
        Ok(id)
    }

    /// Tells the content type of a part that was added.
    pub fn declare(&mut self, part: &str, content_type: &str) -> Result<(), OriginalError> {
        let mut text = self.text(TYPES)?;
        let line = format!(r#"<Override PartName="/{part}" ContentType="{content_type}"/>"#);
        insert_before_end(&mut text, TYPES, "Types", &line)?;
        self.put(TYPES, text);
        Ok(())
    }

    /// A name of which the package has no part: `before`, a number, `after`.
    pub fn free_name(&self, before: &str, after: &str) -> String {
        let mut names = (1..).map(|number| format!("{before}{number}{after}"));
        names.find(|name| !self.has(name)).unwrap_or_default()
    }

    /// The package as bytes: what was not replaced as it was, in its order; what was added at the end.
    pub fn finish(mut self) -> Result<Vec<u8>, OriginalError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        for index in 0..self.zip.len() {
            let member = self.zip.by_index_raw(index)?;
            let own = member.name()?.into_owned();
            match self.replaced.remove(own.replace('\\', "/").trim_start_matches('/')) {
                None => zip.raw_copy_file(member)?,
                Some(text) => {
                    drop(member);
                    zip.start_file(own, options)?;
                    zip.write_all(text.as_bytes())?;
                }
            }
        }
        for (name, text) in &self.replaced {
            zip.start_file(name, options)?;
            zip.write_all(text.as_bytes())?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

const EMPTY_RELATIONS: &str =
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;

/// The name of the list of relations of a part.
fn relations(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}

/// The name of a part that a relation points to.
fn resolved(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." | "" => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// Puts text before the end of the root element; a root without content gets an end.
pub(crate) fn insert_before_end(
    text: &mut String,
    part: &str,
    root: &str,
    addition: &str,
) -> Result<(), OriginalError> {
    let broken = || OriginalError::Xml { part: part.to_owned() };
    let end = text.rfind("</");
    let is_root = |at: usize| {
        let name = text.get(at + 2..).and_then(|rest| rest.split('>').next()).unwrap_or_default().trim();
        name.rsplit(':').next() == Some(root)
    };
    match end.filter(|at| is_root(*at)) {
        Some(at) => text.insert_str(at, addition),
        None => {
            let at = text.rfind("/>").filter(|at| text.get(at + 2..).is_some_and(|rest| rest.trim().is_empty()));
            let at = at.ok_or_else(broken)?;
            let opened = text.get(..at).and_then(|before| before.rsplit('<').next()).unwrap_or_default();
            let name = opened.split_whitespace().next().unwrap_or_default().to_owned();
            if name.rsplit(':').next() != Some(root) {
                return Err(broken());
            }
            text.truncate(at);
            text.push_str(&format!(">{addition}</{name}>"));
        }
    }
    Ok(())
}
