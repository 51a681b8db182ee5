//! 行 (line): glyphs put into lines of text, and lines into the text of a cell.

use kurbo::Rect;

use super::page::{Flow, Glyph};

/// One line of text on a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub area: Rect,
    pub text: String,
    /// Its words with the area of each, for tables without rules: pieces parted by wide gaps.
    pub pieces: Vec<Piece>,
}

/// A piece of a line, parted from the next by more than a blank.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub area: Rect,
    pub text: String,
}

/// A glyph belongs to a line whose middle is nearer than this, in heights of a glyph.
const LINE_REACH: f64 = 0.5;

/// A gap wider than this is a blank, in heights of a glyph.
const BLANK: f64 = 0.3;

/// A gap wider than this parts two pieces of a line, in heights of a glyph.
const PIECE_GAP: f64 = 0.9;

/// A glyph as it stands in the direction of its text.
struct Standing<'g> {
    glyph: &'g Glyph,
    /// Where its line stands among the lines.
    across: f64,
    start: f64,
    end: f64,
    size: f64,
}

impl<'g> Standing<'g> {
    fn new(glyph: &'g Glyph, flow: Flow) -> Self {
        let (area, center) = (glyph.area, glyph.center());
        match flow {
            Flow::Right => Standing { glyph, across: center.y, start: area.x0, end: area.x1, size: area.height() },
            Flow::Down => Standing { glyph, across: -center.x, start: area.y0, end: area.y1, size: area.width() },
            Flow::Up => Standing { glyph, across: center.x, start: -area.y1, end: -area.y0, size: area.width() },
        }
    }
}

/// The lines of a cell, in the direction in which most of its glyphs run.
pub(super) fn lines_of_cell(glyphs: &[&Glyph]) -> Vec<Line> {
    let count = |flow| glyphs.iter().filter(|glyph| glyph.flow == flow).count();
    let by_count = |flow: &Flow| count(*flow);
    let flow = [Flow::Up, Flow::Down, Flow::Right].into_iter().max_by_key(by_count).unwrap_or(Flow::Right);
    lines(glyphs, flow)
}

/// The lines of running text; what runs up or down the page comes last.
pub(super) fn lines_of_page(glyphs: &[&Glyph]) -> Vec<Line> {
    let of_flow = |flow| {
        let running: Vec<&Glyph> = glyphs.iter().copied().filter(|glyph| glyph.flow == flow).collect();
        lines(&running, flow)
    };
    [Flow::Right, Flow::Down, Flow::Up].into_iter().flat_map(of_flow).collect()
}

fn lines(glyphs: &[&Glyph], flow: Flow) -> Vec<Line> {
    let mut standing: Vec<Standing> = glyphs.iter().map(|glyph| Standing::new(glyph, flow)).collect();
    let size = median(standing.iter().map(|glyph| glyph.size).collect()).max(1.0);
    standing.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.start.total_cmp(&b.start)));
    let mut rows: Vec<Vec<Standing>> = Vec::new();
    let (mut sum, mut count) = (0.0, 0.0);
    for glyph in standing {
        match rows.last_mut() {
            Some(row) if glyph.across - sum / count <= size * LINE_REACH => {
                sum += glyph.across;
                count += 1.0;
                row.push(glyph);
            }
            _ => {
                (sum, count) = (glyph.across, 1.0);
                rows.push(vec![glyph]);
            }
        }
    }
    rows.into_iter().filter_map(|row| line(row, size)).collect()
}

fn line(mut row: Vec<Standing>, size: f64) -> Option<Line> {
    row.sort_by(|a, b| a.start.total_cmp(&b.start));
    let area = row.first()?.glyph.area;
    let mut line = Line { area, text: String::new(), pieces: Vec::new() };
    let mut end = f64::MAX;
    for standing in &row {
        let gap = standing.start - end;
        if gap > size * BLANK && !line.text.ends_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(&standing.glyph.text);
        line.area = line.area.union(standing.glyph.area);
        line.add_to_piece(standing.glyph, gap > size * PIECE_GAP, gap > size * BLANK);
        end = standing.end;
    }
    line.text.truncate(line.text.trim_end().len());
    Some(line)
}

impl Line {
    fn add_to_piece(&mut self, glyph: &Glyph, apart: bool, blank: bool) {
        match self.pieces.last_mut() {
            Some(piece) if !apart => {
                if blank {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                piece.area = piece.area.union(glyph.area);
            }
            _ => self.pieces.push(Piece { area: glyph.area, text: glyph.text.clone() }),
        }
    }
}

/// The lines as one text, one line of text for each.
pub(super) fn text(lines: &[Line]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join("\n").trim().to_owned()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyph(x: f64, y: f64, text: &str, flow: Flow) -> Glyph {
        Glyph { area: Rect::new(x, y, x + 10.0, y + 10.0), text: text.to_owned(), clip: None, flow, doubt: None }
    }

    #[test]
    fn lines_are_read_downwards_and_gaps_are_blanks() {
        let glyphs = [
            glyph(30.0, 12.0, "标", Flow::Right),
            glyph(0.0, 0.0, "一", Flow::Right),
            glyph(20.0, 0.5, "级", Flow::Right),
            glyph(20.0, 12.0, "指", Flow::Right),
        ];
        assert_eq!(text(&lines_of_cell(&glyphs.iter().collect::<Vec<_>>())), "一 级\n指标");
    }

    #[test]
    fn vertical_writing_is_read_in_columns_from_the_right() {
        let glyphs = [
            glyph(0.0, 0.0, "指", Flow::Down),
            glyph(0.0, 10.0, "标", Flow::Down),
            glyph(12.0, 0.0, "绩", Flow::Down),
            glyph(12.0, 10.0, "效", Flow::Down),
        ];
        assert_eq!(text(&lines_of_cell(&glyphs.iter().collect::<Vec<_>>())), "绩效\n指标");
    }
}
