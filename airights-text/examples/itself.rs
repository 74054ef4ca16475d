//! Lists every SPDX text that does not read as itself: `cargo run --release -p airights-text --example itself`
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

fn main() {
    let mut wrong = 0;
    let all = spdx::text::LICENSE_TEXTS.iter().chain(spdx::text::EXCEPTION_TEXTS);
    for (id, text) in all {
        let reading = airights_text::read(text);
        let ids: Vec<&str> = reading.matches.iter().map(|found| found.id).collect();
        let exact = reading.matches.iter().all(|found| found.exact) && !reading.is_modified();
        let clauses = reading.clauses.len();
        if ids != [*id] || !exact || !reading.residue.is_empty() || clauses > 0 {
            wrong += 1;
            println!(
                "{id}: {ids:?} exact={exact} residue={} clauses={clauses}",
                reading.residue.len()
            );
        }
    }
    println!("{wrong} differ");
}
