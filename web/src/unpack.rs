//! 解压 (unpack): a .zip that was dropped onto the page, as the files in it.

use std::io::{Cursor, Read};

use encoding_rs::GBK;
use serde_json::json;
use zip::ZipArchive;

use crate::answer::Answer;

/// Most members of an archive, most bytes of all of them and of one.
const MOST_MEMBERS: usize = 5_000;
const MOST_BYTES: u64 = 512 << 20;
const MOST_OF_ONE: u64 = 128 << 20;

/// The members one after the other: their names and lengths, then their bytes; what is refused says why.
pub fn unpacked(bytes: &[u8]) -> Answer {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Answer::error("压缩包打不开，可能已损坏；请重新打包");
    };
    if archive.len() > MOST_MEMBERS {
        return Answer::error("压缩包里的文件太多（上限 5000 个）；请分批打包");
    }
    let mut members = Vec::new();
    let mut content = Vec::new();
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        let Ok(mut member) = archive.by_index(index) else {
            members.push(json!({ "name": format!("第{}个文件", index + 1), "error": "加密或损坏，无法解压" }));
            continue;
        };
        if member.is_dir() {
            continue;
        }
        let raw = member.name_raw();
        let name = std::str::from_utf8(raw).map_or_else(|_| GBK.decode(raw).0.into_owned(), str::to_owned);
        let allowed = left.min(MOST_OF_ONE);
        let start = content.len();
        match member.by_ref().take(allowed.saturating_add(1)).read_to_end(&mut content) {
            Ok(length) if length as u64 <= allowed => {
                left = left.saturating_sub(length as u64);
                members.push(json!({ "name": name.replace('\\', "/"), "length": length }));
            }
            Ok(_) => {
                content.truncate(start);
                members.push(json!({ "name": name, "error": "解压后过大" }));
            }
            Err(_) => {
                content.truncate(start);
                members.push(json!({ "name": name, "error": "加密或损坏，无法解压" }));
            }
        }
    }
    Answer::with_file(json!({ "members": members }), content)
}
