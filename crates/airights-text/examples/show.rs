//! Shows what the reader makes of each file named: `cargo run --release -p airights-text --example show -- FILE…`;
//! after `--notice`, only what they say of AI uses.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut is_notice = false;
    for path in env::args().skip(1) {
        if path == "--notice" {
            is_notice = true;
            continue;
        }
        let bytes = fs::read(&path)?;
        let Some(text) = airights_text::decode(&bytes) else {
            continue;
        };
        if is_notice {
            for clause in airights_text::read_notice(&text) {
                let excerpt = &text[clause.span.bytes.clone()];
                println!(
                    "{path}:{}: {} {} {:?}: {excerpt:?}",
                    clause.span.lines.0, clause.ai_use, clause.value, clause.modality
                );
            }
            continue;
        }
        let reading = airights_text::read(&text);
        println!("{path}: {:?}", reading.base_expression());
        for found in &reading.matches {
            let lines: Vec<(u32, u32)> = found.spans.iter().map(|span| span.lines).collect();
            println!(
                "  {} exact={} {:?} {lines:?}",
                found.id, found.exact, found.modification
            );
            for change in &found.changes {
                println!(
                    "    CHANGE operative={} {:?}: {:?} for {:?}",
                    change.operative,
                    change.span.lines,
                    &text[change.span.bytes.clone()],
                    change.missing
                );
            }
        }
        for clause in &reading.clauses {
            println!(
                "  CLAUSE {} {} {:?} {:?}: {:?}",
                clause.ai_use,
                clause.value,
                clause.conditions,
                clause.modality,
                &text[clause.span.bytes.clone()]
            );
        }
        for residue in &reading.residue {
            println!(
                "  RESIDUE operative={} {:?}: {:?}",
                residue.operative,
                residue.span.lines,
                &text[residue.span.bytes.clone()]
            );
        }
        for harmless in &reading.harmless {
            println!(
                "  {:?} {:?}: {:?}",
                harmless.kind,
                harmless.span.lines,
                &text[harmless.span.bytes.clone()]
            );
        }
    }
    Ok(())
}
