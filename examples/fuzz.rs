use jixiao::document::{ReadError, read_bytes};
use std::io::{Cursor, Read, Write};
fn damaged(content: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut copy = content.to_vec();
    for _ in 0..1 + random(30) {
        let p = random(copy.len());
        match random(3) {
            0 => copy[p] = random(256) as u8,
            1 => copy[p] = b"0123456789<>&\"/"[random(15)],
            _ => {
                let q = random(copy.len());
                let n = random(60).min(copy.len() - p.max(q));
                let s = copy[q..q + n].to_vec();
                copy[p..p + n].copy_from_slice(&s);
            }
        }
    }
    if random(6) == 0 {
        copy.truncate(random(copy.len()));
    }
    copy
}
fn main() {
    let dir = "tests/fixtures/documents/";
    let n: u64 = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(300);
    let only = std::env::args().nth(1).unwrap();
    let t0 = std::time::Instant::now();
    for name in [
        "quirks.docx",
        "overall.docx",
        "overall.doc",
        "overall.gbk.html",
        "forms.xls",
        "overall.odt",
        "forms.ods",
        "one-sheet.xlsx",
    ] {
        if !name.contains(&only) && only != "all" {
            continue;
        }
        let raw = std::fs::read(format!("{dir}{name}")).unwrap();
        let (mut ok, mut err, mut crash, mut slow) = (0, 0, 0, 0.0f64);
        for seed in 0..n {
            let bytes = if raw.starts_with(b"PK") {
                let mut z = zip::ZipArchive::new(Cursor::new(&raw[..])).unwrap();
                let mut w = zip::ZipWriter::new(Cursor::new(Vec::new()));
                let names: Vec<String> = z.file_names().flatten().map(|s| s.into_owned()).collect();
                let main: Vec<&String> = names
                    .iter()
                    .filter(|n| {
                        n.ends_with(".xml")
                            && (n.contains("sheet")
                                || n.contains("document.xml")
                                || n.contains("content.xml")
                                || n.contains("sharedStr")
                                || n.contains("styles")
                                || n.contains("workbook"))
                    })
                    .collect();
                let victim = main[seed as usize % main.len()].clone();
                for n in names {
                    if n.ends_with('/') {
                        continue;
                    }
                    let mut b = vec![];
                    z.by_name(&n).unwrap().read_to_end(&mut b).unwrap();
                    if n == victim {
                        b = damaged(&b, seed);
                    }
                    w.start_file(n.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
                    w.write_all(&b).unwrap();
                }
                w.finish().unwrap().into_inner()
            } else {
                damaged(&raw, seed)
            };
            let t = std::time::Instant::now();
            match read_bytes(name, &bytes) {
                Ok(_) => ok += 1,
                Err(e) => {
                    if matches!(e.reason(), ReadError::Crashed | ReadError::TooSlow { .. }) {
                        crash += 1;
                        println!("CRASH {name} {seed} {e}");
                    }
                    err += 1
                }
            }
            slow = slow.max(t.elapsed().as_secs_f64());
        }
        println!("{name}: ok {ok} err {err} crash {crash} slowest {slow:.2}s total {:.0}s", t0.elapsed().as_secs_f64());
    }
}
