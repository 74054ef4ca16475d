use std::{env, fs, path::*, time::Instant};
fn main() {
    let mut all = vec![];
    let mut st = vec![PathBuf::from(env::args().nth(1).unwrap())];
    let mut seen = std::collections::HashSet::new();
    while let Some(d) = st.pop() {
        for e in fs::read_dir(d).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() {
                st.push(p);
                continue;
            }
            let n = p.file_name().unwrap().to_string_lossy().to_ascii_uppercase();
            if (n.starts_with("LICEN") || n.starts_with("COPYING")) && !n.ends_with(".RS") {
                let b = fs::read(&p).unwrap();
                if seen.insert(b.clone()) {
                    if let Some(t) = airights_text::decode(&b) {
                        all.push((p, t.into_owned()));
                    }
                }
            }
        }
    }
    let mut r = vec![];
    for (p, t) in &all {
        let mut best = f64::MAX;
        for _ in 0..5 {
            let s = Instant::now();
            std::hint::black_box(airights_text::read(t));
            best = best.min(s.elapsed().as_secs_f64());
        }
        r.push((best, t.len(), p));
    }
    r.sort_by(|a, b| b.0.total_cmp(&a.0));
    let tot: f64 = r.iter().map(|x| x.0).sum();
    let mut acc = 0.0;
    let bytes: usize = r.iter().map(|x| x.1).sum();
    println!(
        "total {:.1} ms {} bytes {:.1} MB/s",
        tot * 1e3,
        bytes,
        bytes as f64 / tot / 1e6
    );
    let mut ab = 0;
    for (i, (t, l, p)) in r.iter().enumerate() {
        acc += t;
        ab += l;
        if i < 40 || [60, 100, 150, 200, 300, 500, 800, 1200].contains(&i) {
            println!(
                "{i} {:.2}ms {} {:.1}MB/s cum {:.0}% bytes {:.0}% {}",
                t * 1e3,
                l,
                *l as f64 / t / 1e6,
                acc / tot * 100.0,
                ab as f64 / bytes as f64 * 100.0,
                p.display()
            );
        }
    }
}
