//! 截取 (capture): interprets a page and keeps its glyphs and ruling lines.

use std::panic::resume_unwind;

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};

use super::decode::{Characters, Coding};
use super::page::{Flow, Glyph, Page};
use super::shape;
use super::{Limits, PdfError};

/// What the pages of a file show, and how much of it could not be decoded.
pub(super) struct Captured {
    pub pages: Vec<Page>,
    pub unreadable: usize,
}

/// Interprets every page of a file.
///
/// Unwinds with a [`PdfError`] as payload where a limit is exceeded: the interpreter has no other way to be stopped.
pub(super) fn capture(pdf: &Pdf, limits: &Limits) -> Captured {
    let cache = InterpreterCache::new();
    let mut spent = Spent::default();
    let mut captured = Captured { pages: Vec::new(), unreadable: 0 };
    for (index, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let view = Rect::new(0.0, 0.0, width, height);
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        let mut context = Context::new(upright, view, &cache, pdf.xref(), InterpreterSettings::default());
        let page_number = index + 1;
        let mut canvas = Canvas {
            page: Page::empty(page_number, width, height),
            pending: Vec::new(),
            clips: Vec::new(),
            spent,
            limits,
        };
        interpret_page(page, &mut context, &mut canvas);
        spent = canvas.spent;
        captured.unreadable += canvas.decode_pending();
        captured.pages.push(canvas.page);
    }
    captured
}

/// How much of the limits is used up.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    glyphs: usize,
    shapes: usize,
}

/// The device that the interpreter paints on.
struct Canvas<'l> {
    page: Page,
    /// Codes of glyphs whose font does not tell their characters, with the glyph's index.
    pending: Vec<(usize, u32)>,
    clips: Vec<Rect>,
    spent: Spent,
    limits: &'l Limits,
}

/// Where glyphs stand about their baseline, in thousandths of an em.
const DESCENT: f64 = -120.0;
const ASCENT: f64 = 880.0;
const EM: f64 = 1000.0;

impl Canvas<'_> {
    fn count_shape(&mut self) {
        self.spent.shapes += 1;
        if self.spent.shapes > self.limits.shapes {
            resume_unwind(Box::new(PdfError::TooManyShapes { limit: self.limits.shapes }));
        }
    }

    fn count_glyphs(&mut self, count: usize) {
        self.spent.glyphs += count;
        if self.spent.glyphs > self.limits.glyphs {
            resume_unwind(Box::new(PdfError::TooManyGlyphs { limit: self.limits.glyphs }));
        }
    }

    fn push_clip(&mut self, clip: Rect) {
        self.count_shape();
        let visible = self.clips.last().map_or(clip, |outer| outer.intersect(clip));
        self.clips.push(visible);
    }

    fn add_glyph(&mut self, glyph: &PositionedGlyph<'_>, transform: Affine, mode: WritingMode) {
        let characters = Characters::from_font(glyph.as_unicode(), glyph.char_code());
        let text = match characters {
            Characters::Known(text) if text.trim().is_empty() => return,
            Characters::Known(text) => text,
            Characters::Code(code) => {
                self.pending.push((self.page.glyphs.len(), code));
                String::new()
            }
        };
        let placed = transform * glyph.transform();
        let area = placed.transform_rect_bbox(Rect::new(0.0, DESCENT, advance_width(glyph), ASCENT));
        if !area.is_finite() {
            self.pending.pop_if(|(index, _)| *index == self.page.glyphs.len());
            return;
        }
        let clip = self.clips.last().copied();
        self.page.glyphs.push(Glyph { area, text, clip, flow: flow(placed, mode), doubt: None });
    }

    /// Decodes the glyphs without a map as one coding and drops blanks; gives how many stay unreadable.
    fn decode_pending(&mut self) -> usize {
        let coding = Coding::of(self.pending.iter().map(|(_, code)| *code));
        let mut unreadable = 0;
        for (index, code) in &self.pending {
            let Some(glyph) = self.page.glyphs.get_mut(*index) else { continue };
            match coding.decode(*code) {
                Some(text) => glyph.text = text,
                None => {
                    glyph.text = char::REPLACEMENT_CHARACTER.to_string();
                    unreadable += 1;
                }
            }
        }
        self.page.glyphs.retain(|glyph| !glyph.text.trim().is_empty());
        unreadable
    }
}

fn advance_width(glyph: &PositionedGlyph<'_>) -> f64 {
    let width = match &**glyph {
        FontGlyph::Outline(outline) => outline.advance_width(),
        FontGlyph::Type3(drawn) => drawn.advance_width(),
    };
    width.map_or(EM, f64::from)
}

fn flow(placed: Affine, mode: WritingMode) -> Flow {
    let origin = placed * Point::ORIGIN;
    let ahead: Vec2 = placed * Point::new(EM, 0.0) - origin;
    if ahead.x.abs() >= ahead.y.abs() {
        return if mode == WritingMode::Vertical { Flow::Down } else { Flow::Right };
    }
    if ahead.y > 0.0 { Flow::Down } else { Flow::Up }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.count_shape();
        let rules = match mode {
            DrawMode::Fill(_) => shape::rules_of_fill(path, props.transform),
            DrawMode::Stroke(_) | DrawMode::FillAndStroke(..) => shape::rules_of_stroke(path, props.transform),
            DrawMode::Invisible => return,
        };
        for rule in rules {
            self.count_shape();
            self.page.rules.push(rule);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(*rect);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count_shape();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.count_glyphs(run.glyphs().len());
        for glyph in run.glyphs() {
            self.add_glyph(glyph, props.transform, run.writing_mode());
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count_shape();
        self.page.has_image = true;
        let paper = Rect::new(0.0, 0.0, self.page.width, self.page.height);
        let picture = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let seen = props.transform.transform_rect_bbox(picture).intersect(paper);
        let share = if seen.is_finite() { seen.area() / paper.area().max(1.0) } else { 0.0 };
        self.page.pictured = (self.page.pictured + share).min(1.0);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}
