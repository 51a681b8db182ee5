//! 解压 (unpack): a .zip that was dropped onto the page, as the files in it.

use std::io::Cursor;

use jixiao::document::Allowance;
use serde_json::json;

use crate::answer::Answer;

/// The members one after the other: their names and lengths, then their bytes; what is refused says why.
pub fn unpacked(bytes: &[u8]) -> Answer {
    let mut members = Vec::new();
    let mut file = Vec::new();
    let unpacked = Allowance::default().unpack(Cursor::new(bytes), |member| match member.content {
        Ok(content) => {
            members.push(json!({ "name": member.name, "length": content.len() }));
            file.extend(content);
        }
        Err(why) => members.push(json!({ "name": member.name, "error": why })),
    });
    match unpacked {
        Ok(()) => Answer::with_file(json!({ "members": members }), file),
        Err(why) => Answer::error(why),
    }
}
