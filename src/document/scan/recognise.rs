//! 识别 (recognise): pictures of lines turned into characters, each with its probability.

use std::sync::{Arc, OnceLock};

use image::GrayImage;
use image::imageops::{self, FilterType};
use rayon::prelude::*;
use rten::{RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};

use super::model::{self, ModelError, Purpose};

/// The height that the model wants, in pixels.
const HEIGHT: u32 = 48;

/// A line is brought to at most this width; batches hold at most this many columns.
const MOST_WIDTH: u32 = 3200;
const LEAST_WIDTH: u32 = 48;

/// Widths are rounded up to this, so that lines of one batch differ little.
const WIDTH_STEP: u32 = 32;

/// 读数: what a line reads, character by character.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Reading {
    pub letters: Vec<Letter>,
    /// The likeliest character that was left out, with its probability.
    pub left_out: Option<(String, f32)>,
}

/// 字: a character with its probability and the next best one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    pub text: String,
    pub probability: f32,
    pub other: Option<(String, f32)>,
}

impl Reading {
    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.text.as_str()).collect()
    }

    /// Mean probability of its characters, 0 where there are none.
    pub fn certainty(&self) -> f32 {
        if self.letters.is_empty() {
            return 0.0;
        }
        self.letters.iter().map(|letter| letter.probability).sum::<f32>() / self.letters.len() as f32
    }
}

/// 识别器: the model, ready to run.
pub(super) struct Recogniser {
    model: rten::Model,
    /// The character of each class; class 0 is none.
    alphabet: Vec<String>,
    /// One pool of a single thread for each core: the sums of a batch are always formed in the same order.
    pools: Vec<Arc<ThreadPool>>,
}

static LOADED: OnceLock<Result<Recogniser, ModelError>> = OnceLock::new();

impl Recogniser {
    /// The model of the user's folder, loaded once.
    pub fn get() -> Result<&'static Recogniser, ModelError> {
        LOADED.get_or_init(Recogniser::load).as_ref().map_err(Clone::clone)
    }

    fn load() -> Result<Recogniser, ModelError> {
        let bytes = model::load(Purpose::Recognise)?;
        let broken = |why: String| ModelError::Broken(why);
        let model = rten::Model::load(bytes).map_err(|error| broken(error.to_string()))?;
        let characters = model.metadata().get("character").unwrap_or_default().to_owned();
        let mut alphabet = vec![String::new()];
        alphabet.extend(characters.lines().map(str::to_owned));
        alphabet.push(" ".to_owned());
        if alphabet.len() < 100 {
            return Err(broken("模型中没有字表".to_owned()));
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let pools = (0..cores).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Ok(Recogniser { model, alphabet, pools })
    }

    /// Reads lines; the answers stand in the order of the lines.
    pub fn read(&self, lines: &[GrayImage]) -> Result<Vec<Reading>, ModelError> {
        let scaled: Vec<GrayImage> = lines.iter().map(scale).collect();
        let mut order: Vec<usize> = (0..scaled.len()).collect();
        order.sort_by_key(|index| (scaled.get(*index).map_or(0, GrayImage::width), *index));
        let batches = batches(&order, &scaled);
        let workers = self.pools.len();
        let answers: Vec<Result<Vec<(usize, Reading)>, ModelError>> = self
            .pools
            .par_iter()
            .enumerate()
            .map(|(worker, pool)| {
                let own = batches.iter().skip(worker).step_by(workers);
                let mut found = Vec::new();
                for batch in own {
                    found.extend(batch.iter().copied().zip(self.run(batch, &scaled, pool)?));
                }
                Ok(found)
            })
            .collect();
        let mut readings = vec![Reading::default(); lines.len()];
        for answer in answers {
            for (index, reading) in answer? {
                if let Some(slot) = readings.get_mut(index) {
                    *slot = reading;
                }
            }
        }
        Ok(readings)
    }

    fn run(&self, batch: &[usize], lines: &[GrayImage], pool: &Arc<ThreadPool>) -> Result<Vec<Reading>, ModelError> {
        let lines: Vec<&GrayImage> = batch.iter().filter_map(|index| lines.get(*index)).collect();
        let widest = lines.iter().map(|line| line.width()).max().unwrap_or(LEAST_WIDTH);
        let width = widest.next_multiple_of(WIDTH_STEP).max(LEAST_WIDTH);
        let input = input(&lines, width);
        let options = RunOptions::default().with_thread_pool(Some(pool.clone()));
        let broken = |why: String| ModelError::Broken(why);
        let output = self.model.run_one((&input).into(), Some(options)).map_err(|error| broken(error.to_string()))?;
        let output: Tensor<f32> = output.into_tensor().ok_or_else(|| broken("输出不是数值".to_owned()))?;
        let shape = output.shape().to_vec();
        let [count, steps, classes] = shape[..] else { return Err(broken("输出的形状不符".to_owned())) };
        if count != lines.len() || classes > self.alphabet.len() {
            return Err(broken(format!("输出{classes}类，字表{}字", self.alphabet.len())));
        }
        let values = output.to_vec();
        Ok(lines
            .iter()
            .zip(values.chunks_exact(steps * classes))
            .map(|(line, values)| {
                // Steps over the padding on the right read nothing that is on the paper.
                let seen = (steps * line.width() as usize).div_ceil(width as usize);
                self.decode(values.chunks_exact(classes).take(seen))
            })
            .collect())
    }

    /// The best class of each step; repeated ones once, class 0 parts them.
    fn decode<'v>(&self, steps: impl Iterator<Item = &'v [f32]>) -> Reading {
        let mut reading = Reading::default();
        let mut last = 0;
        for step in steps {
            let [(best, probability), (second, next)] = two_best(step);
            let text = |class: usize| self.alphabet.get(class).cloned().unwrap_or_default();
            let other = (second != 0).then(|| (text(second), next));
            if best == 0 {
                let is_likelier = reading.left_out.as_ref().is_none_or(|(_, known)| next > *known);
                if second != 0 && second != last && is_likelier {
                    reading.left_out = Some((text(second), next));
                }
            } else if best == last {
                if let Some(letter) = reading.letters.last_mut().filter(|letter| probability > letter.probability) {
                    letter.probability = probability;
                    letter.other = other;
                }
            } else {
                reading.letters.push(Letter { text: text(best), probability, other });
            }
            last = best;
        }
        // A character that was read at the next step after all was not left out.
        let read = |text: &String| reading.letters.iter().any(|letter| letter.text == *text);
        if reading.left_out.as_ref().is_some_and(|(text, _)| text.trim().is_empty() || read(text)) {
            reading.left_out = None;
        }
        reading
    }
}

fn two_best(step: &[f32]) -> [(usize, f32); 2] {
    let mut best = [(0, f32::MIN), (0, f32::MIN)];
    for (class, value) in step.iter().copied().enumerate() {
        if value > best[0].1 {
            best = [(class, value), best[0]];
        } else if value > best[1].1 {
            best[1] = (class, value);
        }
    }
    best
}

/// A line at the height of the model.
fn scale(line: &GrayImage) -> GrayImage {
    let (width, height) = (line.width().max(1), line.height().max(1));
    let scaled = (u64::from(width) * u64::from(HEIGHT)).div_ceil(u64::from(height));
    let scaled = u32::try_from(scaled).unwrap_or(MOST_WIDTH).clamp(8, MOST_WIDTH);
    imageops::resize(line, scaled, HEIGHT, FilterType::Triangle)
}

/// Lines of like width together, so that little is padded and no batch is large.
fn batches(order: &[usize], lines: &[GrayImage]) -> Vec<Vec<usize>> {
    let width = |index: &usize| lines.get(*index).map_or(0, |line| line.width().next_multiple_of(WIDTH_STEP));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut widest = 0;
    for index in order {
        let own = width(index).max(LEAST_WIDTH);
        match batches.last_mut() {
            Some(batch) if own == widest && own * (batch.len() as u32 + 1) <= MOST_WIDTH => batch.push(*index),
            _ => {
                widest = own;
                batches.push(vec![*index]);
            }
        }
    }
    batches
}

/// Three equal channels from −1 (black) to 1 (white); what a line does not fill is 0, as the model was taught.
fn input(lines: &[&GrayImage], width: u32) -> NdTensor<f32, 4> {
    let mut input = NdTensor::<f32, 4>::zeros([lines.len(), 3, HEIGHT as usize, width as usize]);
    for (n, line) in lines.iter().enumerate() {
        for (x, y, pixel) in line.enumerate_pixels() {
            let value = (f32::from(pixel.0[0]) / 255.0 - 0.5) / 0.5;
            for channel in 0..3 {
                input[[n, channel, y as usize, x as usize]] = value;
            }
        }
    }
    input
}
