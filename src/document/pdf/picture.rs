//! 图页 (picture): pages of a PDF that are scans, taken as pictures and read.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    InterpreterSettings, LumaData, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use image::{Rgb, RgbImage};
use kurbo::{Affine, BezPath, Point, Rect};

use super::PdfError;
use super::capture::Captured;
use super::page::Page;
use crate::document::Unread;
use crate::document::model::ModelError;
use crate::document::scan::{Sheet, read_sheet};

/// Most scanned pages that are read of one file.
const MOST_SCANS: usize = 200;

/// A larger picture is left out.
const MOST_PIXELS: u64 = 60_000_000;

/// The picture of a page has at most this many pixels on its longer side.
const LONGEST: f64 = 3600.0;

/// Reads the pages that are scans and puts what they show in place of what they had; tells the pages that were not read.
///
/// # Errors
/// [`PdfError`] where there are too many, or no page can be read at all because there is no model.
pub(super) fn read_pictures(pdf: &Pdf, captured: &mut Captured) -> Result<Vec<Unread>, PdfError> {
    let scans: Vec<usize> =
        (0..captured.pages.len()).filter(|at| captured.pages.get(*at).is_some_and(Page::is_scan)).collect();
    if scans.len() > MOST_SCANS {
        return Err(PdfError::TooManyScans { pages: scans.len(), limit: MOST_SCANS });
    }
    let has_text = captured.pages.iter().any(|page| !page.is_scan() && !page.glyphs.is_empty());
    let cache = InterpreterCache::new();
    let mut unread = Vec::new();
    for at in scans {
        let Some(page) = captured.pages.get_mut(at) else { continue };
        let Some(picture) = picture(pdf, &cache, at, page) else {
            unread.push(page.left_out("页面图片过大或已损坏"));
            continue;
        };
        let sheet = Sheet { number: page.number, width: page.width, height: page.height, picture };
        match read_sheet(sheet) {
            Ok(read) => *page = read,
            Err(error @ ModelError::Missing { .. }) if has_text => unread.push(page.left_out(&error.to_string())),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(unread)
}

/// The pictures of a page as they lie on it.
fn picture<'p>(pdf: &'p Pdf, cache: &InterpreterCache<'p>, index: usize, page: &Page) -> Option<RgbImage> {
    let source = pdf.pages().get(index)?;
    let view = Rect::new(0.0, 0.0, page.width, page.height);
    let upright = Affine::new(source.initial_transform(true).as_coeffs());
    let mut context = Context::new(upright, view, cache, pdf.xref(), InterpreterSettings::default());
    let mut camera = Camera { width: page.width, height: page.height, picture: None };
    interpret_page(source, &mut context, &mut camera);
    camera.picture
}

/// A device that keeps pictures alone.
struct Camera {
    width: f64,
    height: f64,
    picture: Option<RgbImage>,
}

impl Camera {
    /// Paints a picture: each pixel of the page looks up its own in it.
    fn paint(&mut self, data: &ImageData, placed: Affine) {
        let (width, height) = (f64::from(data.width()), f64::from(data.height()));
        let area = placed.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0));
        if placed.determinant().abs() < 1e-9 || area.width() < 1.0 || area.height() < 1.0 {
            return;
        }
        let longest = self.width.max(self.height);
        let density = (width.max(height) / area.width().max(area.height())).min(LONGEST / longest);
        let size = |points: f64| ((points * density).round() as u32).max(1);
        let (page_width, page_height) = (size(self.width), size(self.height));
        let paper = || RgbImage::from_pixel(page_width, page_height, Rgb([255; 3]));
        let picture = self.picture.get_or_insert_with(paper);
        // A first picture decides how fine the page is.
        let density = f64::from(picture.width()) / self.width;
        let back = placed.inverse();
        for (x, y, pixel) in picture.enumerate_pixels_mut() {
            let point = Point::new((f64::from(x) + 0.5) / density, (f64::from(y) + 0.5) / density);
            let within = back * point;
            let (u, v) = ((within.x * width).floor(), (within.y * height).floor());
            if u < 0.0 || v < 0.0 || u >= width || v >= height {
                continue;
            }
            if let Some(colour) = colour(data, u as usize, v as usize) {
                *pixel = colour;
            }
        }
    }
}

fn colour(data: &ImageData, x: usize, y: usize) -> Option<Rgb<u8>> {
    match data {
        ImageData::Rgb(rgb) => {
            let at = (y * rgb.width as usize + x) * 3;
            let values = rgb.data.get(at..at + 3)?;
            values.try_into().ok().map(Rgb)
        }
        ImageData::Luma(luma) => luma.data.get(y * luma.width as usize + x).map(|value| Rgb([*value; 3])),
    }
}

/// Ink where the mask is open.
fn inverted(mut mask: LumaData) -> LumaData {
    mask.data.iter_mut().for_each(|value| *value = 255 - *value);
    mask
}

impl<'a> Device<'a> for Camera {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let target = Some((LONGEST as u32, LONGEST as u32));
        let unit = Affine::scale_non_uniform(f64::from(image.width()), f64::from(image.height()));
        if u64::from(image.width()) * u64::from(image.height()) > MOST_PIXELS {
            return;
        }
        match image {
            Image::Raster(raster) => raster.with_rgba(|data, _| self.paint(&data, props.transform * unit), target),
            // One colour painted through a mask: scanners that store text in layers paint it so.
            Image::Stencil(stencil) => stencil
                .with_stencil(|mask, _| self.paint(&ImageData::Luma(inverted(mask)), props.transform * unit), target),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
