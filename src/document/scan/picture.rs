//! 图片 (picture): the pages of a PNG, JPEG, TIFF or BMP file.

use std::io::Cursor;

use image::{ImageReader, RgbImage};

use super::page::{Sheet, read_sheet};
use super::tiff::Pages;
use crate::document::pdf::blocks_of;
use crate::document::{Block, ReadError};

/// Most pixels of a picture, told by its header before anything is decoded.
const MOST_PIXELS: u64 = 60_000_000;

/// Most bytes that a decoder may use.
const MOST_BYTES: u64 = 300 << 20;

/// The longer side of a page of unknown size, in points: A4.
const A4: f64 = 842.0;

/// Most pages of a TIFF.
pub(super) const MOST_PAGES: usize = 200;

/// Reads the tables and lines of a picture, or of all pages of a TIFF.
///
/// # Errors
/// [`ReadError`] where the picture is damaged or too large, shows no text, or no model is installed.
pub(in crate::document) fn read(bytes: &[u8]) -> Result<Vec<Block>, ReadError> {
    check_size(bytes)?;
    if is_cut_jpeg(bytes) {
        return Err(ReadError::damaged("图片", "内容没有结束就中断了，只收到一部分"));
    }
    // Without a model nothing is worth decoding.
    super::recognise::Recogniser::get()?;
    let mut pages = Vec::new();
    for single in Pages::of(bytes)? {
        let single = single?;
        check_size(&single)?;
        let picture = decode(&single)?;
        drop(single);
        let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
        let point = A4 / width.max(height);
        let sheet = Sheet { number: pages.len() + 1, width: width * point, height: height * point, picture };
        pages.push(read_sheet(sheet)?);
    }
    if pages.iter().all(|page| page.glyphs.is_empty()) {
        return Err(ReadError::NoText);
    }
    Ok(blocks_of(pages))
}

/// Whether a JPEG has no end: a decoder paints what is missing grey and says nothing.
fn is_cut_jpeg(bytes: &[u8]) -> bool {
    const END: [u8; 2] = [0xff, 0xd9];
    const SCAN: [u8; 2] = [0xff, 0xda];
    let last_scan = bytes.windows(2).rposition(|mark| mark == SCAN);
    let is_jpeg = bytes.starts_with(&[0xff, 0xd8, 0xff]);
    is_jpeg
        && last_scan
            .is_none_or(|scan| !bytes.iter().skip(scan).zip(bytes.iter().skip(scan + 1)).any(|(a, b)| [*a, *b] == END))
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, ReadError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    reader.map_err(|error| ReadError::damaged("图片", error.to_string()))
}

fn damaged(error: image::ImageError) -> ReadError {
    ReadError::damaged("图片", detail(&error))
}

/// Refuses a picture that is too large, by its header.
fn check_size(bytes: &[u8]) -> Result<(), ReadError> {
    let (width, height) = reader(bytes)?.into_dimensions().map_err(damaged)?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        let found = format!("{width}×{height}像素");
        return Err(ReadError::too_large("图片", found, format!("{}万像素", MOST_PIXELS / 10_000)));
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<RgbImage, ReadError> {
    let mut reader = reader(bytes)?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    Ok(reader.decode().map_err(damaged)?.into_rgb8())
}

fn detail(error: &image::ImageError) -> String {
    match error {
        image::ImageError::Limits(_) => "解码所需内存超过上限".to_owned(),
        image::ImageError::Unsupported(_) => "这种编码方式读不了".to_owned(),
        _ => "内容不完整或不符合格式".to_owned(),
    }
}
