//! 词块 (token): a text cut into the smallest pieces that can be cells or parts of cells, with the gap before each.

use super::words::Words;
use crate::text::fold;

/// 间隔: what stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The end of a line.
    Line,
    /// A bar or a tab.
    Bar,
    /// Several spaces.
    Wide,
    /// One space.
    Space,
    /// Nothing: the cut is between two kinds of signs or at a known word.
    None,
    /// As `None`, in a text that is run together.
    Run,
    /// Nothing, between two digits.
    Digit,
    /// Nothing, before a comparison.
    Sign,
    /// Nothing, behind a percentage.
    Percent,
    /// Nothing, where a word begins or ends that is a cell of its own.
    Word,
}

impl Gap {
    /// Whether nothing was printed there.
    pub fn is_cut(self) -> bool {
        matches!(self, Gap::None | Gap::Run | Gap::Digit | Gap::Sign | Gap::Percent | Gap::Word)
    }
}

/// 词块
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// As printed.
    pub text: String,
    pub gap: Gap,
    /// Whether a line ends somewhere before it, bars or not.
    pub opens_line: bool,
    /// Blank cells between the token before and this one.
    pub blanks: usize,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// A line of a dump with its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub number: usize,
    pub text: &'a str,
}

/// Longer words without any blank are run together: their digits may belong to several cells.
const RUN_TOGETHER: usize = 60;

/// A line this long whose blanks stand this far apart on the average is run together.
const LONG_LINE: usize = 150;
const LONG_WORDS: usize = 9;

/// Longest addition in brackets behind a level's name.
const LONGEST_POINTS: usize = 10;

/// Cuts lines into tokens.
pub(super) fn tokens(lines: &[Line], words: &Words) -> Vec<Token> {
    let mut cutter = Cutter { out: Vec::new(), words, bars: 0, opens_line: true, closed: false };
    for line in lines {
        cutter.line(line);
    }
    cutter.out
}

struct Cutter<'a> {
    out: Vec<Token>,
    words: &'a Words,
    bars: usize,
    opens_line: bool,
    /// Whether the last line was closed by a bar.
    closed: bool,
}

impl Cutter<'_> {
    fn line(&mut self, line: &Line) {
        self.opens_line = true;
        // A line of nothing but blanks stands for a blank cell where cells stand on lines.
        let blank = line.text.trim().is_empty();
        if blank {
            self.bars += usize::from(!line.text.is_empty() && !self.closed) * 2;
            return;
        }
        let closed_by_bar = std::mem::take(&mut self.closed);
        let whole = self.whole_words(line.text.trim());
        let text = whole.as_str();
        let mut rest = text;
        if closed_by_bar && text.starts_with('|') {
            // `单元格 |` above `| 单元格`: the bar that closed the line is the one that opens this.
            self.bars = self.bars.saturating_sub(usize::from(text.len() > 1));
        }
        let mut gap = Gap::Line;
        while !rest.is_empty() {
            let at = rest.find(|c: char| c == '|' || c.is_whitespace()).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(at);
            if !word.is_empty() {
                self.word(word, gap, line.number);
            }
            let end = tail.find(|c: char| c != '|' && !c.is_whitespace()).unwrap_or(tail.len());
            let (blanks, next) = tail.split_at(end);
            let bars = blanks.chars().filter(|c| matches!(c, '|' | '\t')).count();
            self.bars += bars;
            gap = match blanks.chars().count() {
                _ if bars > 0 => Gap::Bar,
                0 | 1 => Gap::Space,
                _ => Gap::Wide,
            };
            rest = next;
        }
        self.closed = text.ends_with('|');
    }

    /// A line run together, without the blanks that fell inside its known words (`三级 指标年度 指标值`).
    fn whole_words(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let blanks = letters.iter().filter(|c| c.is_whitespace()).count();
        if letters.len() < LONG_LINE || letters.len() < LONG_WORDS * blanks || text.contains(['|', '\t']) {
            return text.to_owned();
        }
        let places: Vec<usize> =
            letters.iter().enumerate().filter(|(_, c)| !c.is_whitespace()).map(|(index, _)| index).collect();
        let folded: Vec<char> = places
            .iter()
            .filter_map(|index| letters.get(*index))
            .map(|c| fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(*c))
            .collect();
        let mut keep = vec![true; letters.len()];
        let mut at = 0;
        while at < folded.len() {
            let length =
                folded.get(at..).and_then(|rest| self.words.cut_at(rest, true)).map_or(1, |(length, _)| length);
            if let (Some(from), Some(to)) = (places.get(at), places.get(at + length - 1)) {
                for index in *from..*to {
                    if let (Some(keep), Some(c)) = (keep.get_mut(index), letters.get(index)) {
                        *keep &= !c.is_whitespace();
                    }
                }
            }
            at += length;
        }
        letters.iter().zip(keep).filter(|(_, keep)| *keep).map(|(c, _)| *c).collect()
    }

    /// Takes a word between blanks, cut where its signs change.
    fn word(&mut self, word: &str, gap: Gap, line: usize) {
        let gap =
            if self.bars > 0 && gap != Gap::Bar && !self.out.is_empty() && gap != Gap::Line { Gap::Bar } else { gap };
        let blanks = self.bars.saturating_sub(1);
        self.bars = 0;
        let opens_line = std::mem::take(&mut self.opens_line);
        let cuts = cuts(word, self.words);
        let mut from = 0;
        let mut next = Gap::None;
        let ends = cuts.iter().copied().chain([(word.len(), Gap::None)]);
        for (index, (to, kind)) in ends.enumerate() {
            let Some(text) = word.get(from..to).filter(|text| !text.is_empty()) else { continue };
            let first = index == 0 || from == 0;
            self.out.push(Token {
                text: text.to_owned(),
                gap: if first { gap } else { next },
                opens_line: first && opens_line,
                blanks: if first { blanks } else { 0 },
                line,
            });
            (from, next) = (to, kind);
        }
    }
}

/// The places inside a word where a cell may end, in order.
fn cuts(word: &str, words: &Words) -> Vec<(usize, Gap)> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let run_together = letters.len() > RUN_TOGETHER;
    let mut cuts: Vec<(usize, Gap)> = Vec::new();
    let folded: Vec<char> =
        letters.iter().map(|(_, c)| fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(*c)).collect();
    let plain = if run_together { Gap::Run } else { Gap::None };
    let mut covered = 0;
    // The places inside known words, which are cut nowhere.
    let mut inside: Vec<usize> = Vec::new();
    for (index, pair) in letters.windows(2).enumerate() {
        let (Some(a), Some(b), Some((at, _))) = (folded.get(index), folded.get(index + 1), pair.get(1)) else {
            continue;
        };
        let kind = match (a, b) {
            (a, b) if a.is_ascii_digit() && b.is_ascii_digit() => {
                if !run_together {
                    continue;
                }
                Gap::Digit
            }
            // 《条例》: a bracket, unless a number follows.
            (_, '《' | '》') if !folded.get(index + 2).is_some_and(char::is_ascii_digit) => continue,
            (a, b) if is_comparison(*b) && !is_comparison(*a) => Gap::Sign,
            ('%', _) => Gap::Percent,
            // 指标1 is one word where it begins.
            ('标', b) if b.is_ascii_digit() && index == 1 && folded.first() == Some(&'指') => continue,
            (a, b) if is_letter(*a) && b.is_ascii_digit() => plain,
            (a, b) if a.is_ascii_digit() && is_letter(*b) => plain,
            (')', b) if b.is_ascii_digit() => plain,
            (_, '-' | '…') if run_together && *a != *b => plain,
            ('…' | '□', b) if *b != *a => plain,
            _ => continue,
        };
        cuts.push((*at, kind));
    }
    if !run_together {
        cuts.extend(heading_run(&folded, words).into_iter().filter_map(|at| Some((letters.get(at)?.0, Gap::None))));
    }
    // Known words inside a word begin and end a cell.
    for index in 0..letters.len() {
        if index < covered {
            continue;
        }
        let rest = folded.get(index..).unwrap_or_default();
        let Some((length, own)) = words.cut_at(rest, run_together) else { continue };
        covered = index + length;
        let kind = if own { Gap::Word } else { plain };
        // 产出指标(50分): the points belong to the level.
        let tail = folded.get(covered..).unwrap_or_default();
        if own && tail.first() == Some(&'(') {
            covered += tail.iter().take(LONGEST_POINTS).position(|c| *c == ')').map_or(0, |at| at + 1);
            covered += usize::from(folded.get(covered) == Some(&'分'));
        }
        let place = |index: usize| letters.get(index).map(|(at, _)| *at);
        inside.extend(index + 1..covered);
        cuts.extend(place(index).map(|at| (at, kind)));
        cuts.extend(place(covered).map(|at| (at, kind)));
    }
    let inside: Vec<usize> = inside.into_iter().filter_map(|index| Some(letters.get(index)?.0)).collect();
    cuts.retain(|(at, _)| inside.binary_search(at).is_err());
    cuts.sort_by_key(|(at, kind)| (*at, *kind != Gap::Word));
    cuts.dedup_by_key(|(at, _)| *at);
    cuts.retain(|(at, _)| *at > 0 && *at < word.len());
    cuts
}

/// Headings printed without anything between them: 一级指标二级指标三级指标年度指标值.
const LEAST_HEADINGS: usize = 3;

/// The places between the headings of a word that consists of several, brackets behind them left with them.
fn heading_run(folded: &[char], words: &Words) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while let Some((_, length)) = folded.get(at..).and_then(|rest| words.heading(rest)) {
        at += length;
        if folded.get(at) == Some(&'(') {
            at += folded.iter().skip(at).take(LONGEST_POINTS).position(|c| *c == ')').map_or(0, |end| end + 1);
        }
        places.push(at);
    }
    if places.len() < LEAST_HEADINGS { Vec::new() } else { places }
}

/// Whether a sign compares.
pub(super) fn is_comparison(c: char) -> bool {
    matches!(c, '≥' | '≤' | '>' | '<' | '=' | '≧' | '≦' | '═' | '≈' | '》' | '《')
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}
