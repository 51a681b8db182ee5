//! 点阵 (bitmap): which pixels of a page carry ink.

use image::{GrayImage, Luma, RgbImage};
use imageproc::geometric_transformations::{Border, Interpolation, rotate_about_center};

/// A page or a part of it, one byte for each pixel: 1 is ink.
#[derive(Debug, Clone)]
pub(super) struct Bitmap {
    pub width: usize,
    pub height: usize,
    pub ink: Vec<u8>,
}

/// A pixel whose red exceeds green and blue by this much belongs to a seal.
const RED: u8 = 45;

/// A pixel is ink if it is darker than this many hundredths of the mean about it.
const DARKER: u64 = 84;

/// The steepest skew that is looked for, and the steps, in degrees.
const MOST_SKEW: f32 = 6.0;
const COARSE: f32 = 0.25;
const FINE: f32 = 0.02;

/// A skew smaller than this is left alone, in degrees.
const LEAST_SKEW: f32 = 0.03;

impl Bitmap {
    /// Ink by a threshold that follows the light: each pixel against the mean of the square about it.
    pub fn of(grey: &GrayImage, radius: usize) -> Bitmap {
        let (width, height) = (grey.width() as usize, grey.height() as usize);
        let stride = width + 1;
        let mut sums = vec![0_u64; stride * (height + 1)];
        for (y, row) in grey.as_raw().chunks_exact(width).enumerate() {
            let mut run = 0;
            for (x, value) in row.iter().enumerate() {
                run += u64::from(*value);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + run;
            }
        }
        let mut ink = vec![0; width * height];
        for y in 0..height {
            let (top, bottom) = (y.saturating_sub(radius), (y + radius + 1).min(height));
            for x in 0..width {
                let (left, right) = (x.saturating_sub(radius), (x + radius + 1).min(width));
                let sum = sums[bottom * stride + right] + sums[top * stride + left]
                    - sums[top * stride + right]
                    - sums[bottom * stride + left];
                let area = ((bottom - top) * (right - left)) as u64;
                let value = u64::from(grey.as_raw()[y * width + x]);
                ink[y * width + x] = u8::from(value * area * 100 < sum * DARKER);
            }
        }
        Bitmap { width, height, ink }
    }

    pub fn is_ink(&self, x: usize, y: usize) -> bool {
        x < self.width && self.ink.get(y * self.width + x).is_some_and(|ink| *ink == 1)
    }

    pub fn transposed(&self) -> Bitmap {
        let mut ink = vec![0; self.ink.len()];
        for y in 0..self.height {
            for x in 0..self.width {
                ink[x * self.height + y] = self.ink[y * self.width + x];
            }
        }
        Bitmap { width: self.height, height: self.width, ink }
    }

    /// The same without specks: groups of touching pixels of at most `most` in number.
    pub fn without_specks(&self, most: usize) -> Bitmap {
        let mut clean = self.clone();
        let mut seen = vec![false; self.ink.len()];
        let mut group = Vec::new();
        for start in 0..self.ink.len() {
            if self.ink[start] == 0 || seen[start] {
                continue;
            }
            group.clear();
            group.push(start);
            seen[start] = true;
            let mut next = 0;
            while let Some(&at) = group.get(next) {
                next += 1;
                let (x, y) = (at % self.width, at / self.width);
                for ny in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(self.width) {
                        let near = ny * self.width + nx;
                        if self.ink[near] == 1 && !seen[near] {
                            seen[near] = true;
                            group.push(near);
                        }
                    }
                }
            }
            if group.len() <= most {
                group.iter().for_each(|at| clean.ink[*at] = 0);
            }
        }
        clean
    }

    /// 倾斜: how far the lines fall to the right, in degrees: the angle at which they fill the fewest rows.
    pub fn skew(&self) -> f32 {
        let points: Vec<(f32, f32)> = (0..self.ink.len())
            .step_by(3)
            .filter(|at| self.ink[*at] == 1)
            .map(|at| ((at % self.width) as f32, (at / self.width) as f32))
            .collect();
        let best = |from: f32, to: f32, step: f32| {
            let count = ((to - from) / step).round() as i32;
            let angles = (0..=count).map(|i| from + i as f32 * step);
            let scored = angles.map(|angle| (self.sharpness(&points, angle), angle));
            scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.abs().total_cmp(&a.1.abs()))).map_or(0.0, |best| best.1)
        };
        let coarse = best(-MOST_SKEW, MOST_SKEW, COARSE);
        let skew = best(coarse - COARSE, coarse + COARSE, FINE);
        if skew.abs() < LEAST_SKEW { 0.0 } else { skew }
    }

    fn sharpness(&self, points: &[(f32, f32)], degrees: f32) -> f64 {
        let slope = degrees.to_radians().tan();
        let offset = self.width as f32 * slope.abs();
        let mut rows = vec![0_u32; self.height + 2 * offset as usize + 2];
        for (x, y) in points {
            if let Some(row) = rows.get_mut((y - x * slope + offset) as usize) {
                *row += 1;
            }
        }
        rows.iter().map(|count| f64::from(*count).powi(2)).sum()
    }
}

/// Grey, with the red of seals made as light as paper; black print under a transparent seal stays.
pub(super) fn grey_without_seal(picture: &RgbImage) -> GrayImage {
    let value = |r: u8, g: u8, b: u8| {
        let luma = (u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8;
        let is_red = r.saturating_sub(g.max(b)) > RED;
        let value = if is_red && r > 120 {
            255
        } else if is_red {
            u32::from(r)
        } else {
            luma
        };
        Luma([value as u8])
    };
    let mut grey = GrayImage::new(picture.width(), picture.height());
    for (to, from) in grey.pixels_mut().zip(picture.pixels()) {
        *to = value(from.0[0], from.0[1], from.0[2]);
    }
    grey
}

/// The page turned so that its lines run level.
pub(super) fn level(grey: &GrayImage, skew: f32) -> GrayImage {
    rotate_about_center(grey, -skew.to_radians(), Interpolation::Bilinear, Border::Constant(Luma([255])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White, with black lines every 40 pixels.
    fn lined() -> GrayImage {
        GrayImage::from_fn(400, 300, |_, y| Luma([if y % 40 < 2 { 0 } else { 250 }]))
    }

    #[test]
    fn skew_is_found_and_undone() {
        for skew in [-2.0, 1.2, 4.0] {
            let turned = level(&lined(), -skew);
            let found = Bitmap::of(&turned, 20).skew();
            assert!((found - skew).abs() < 0.1, "{found} for {skew}");
        }
    }

    #[test]
    fn a_red_seal_is_paper_and_black_print_stays() {
        let mut picture = RgbImage::from_pixel(3, 1, image::Rgb([250, 250, 250]));
        picture.put_pixel(1, 0, image::Rgb([215, 35, 35]));
        picture.put_pixel(2, 0, image::Rgb([20, 20, 20]));
        let grey = grey_without_seal(&picture);
        assert_eq!(grey.as_raw().as_slice(), [250, 255, 20].as_slice());
    }

    #[test]
    fn specks_go_and_strokes_stay() {
        let mut bitmap = Bitmap { width: 10, height: 3, ink: vec![0; 30] };
        bitmap.ink[0] = 1;
        bitmap.ink[14..19].fill(1);
        let clean = bitmap.without_specks(2);
        assert_eq!(clean.ink.iter().filter(|ink| **ink == 1).count(), 5);
    }
}
