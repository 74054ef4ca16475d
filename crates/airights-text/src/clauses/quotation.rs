//! Sentences that are not the text's own words: quotations, examples, titles of what stands elsewhere.

/// A sentence that is itself a quotation says what others say.
pub(super) fn is_quotation(words: &str) -> bool {
    let trimmed = words.trim();
    let is_in_quotes = |open: char, close: char| trimmed.starts_with(open) && trimmed.ends_with(close);
    is_in_quotes('"', '"')
        || is_in_quotes('“', '”')
        || trimmed.contains(':') && trimmed.contains("or example:")
        || has_quoted_clause(trimmed)
        || is_mostly_quoted(trimmed)
        || is_link(trimmed)
}

/// More than half of the words stand between quotation marks.
fn is_mostly_quoted(words: &str) -> bool {
    let mut pieces = words.split(['"', '“', '”']);
    let outside = pieces.next().map_or(0, str::len);
    let lengths: Vec<usize> = pieces.map(str::len).collect();
    let (mut quoted, mut plain) = (0, outside);
    for pair in lengths.chunks(2) {
        // What is opened and not closed is no quotation.
        match pair {
            [inside, after] => (quoted, plain) = (quoted + inside, plain + after),
            rest => plain += rest.iter().sum::<usize>(),
        }
    }
    quoted > 2 * plain && quoted > 40
}

/// An item that is nothing but a link to another site has the title of what stands there.
fn is_link(words: &str) -> bool {
    let plain = words.trim_start_matches(|letter: char| letter.is_whitespace() || "*-+•".contains(letter));
    plain.starts_with('[') && plain.ends_with(')') && plain.contains("](http") && plain.matches('[').count() == 1
}

/// "A licence could say: 'You may not …'".
fn has_quoted_clause(words: &str) -> bool {
    let end = words.trim_end_matches(['.', ')']);
    [(": '", '\''), (": \"", '"'), (": “", '”'), (": `", '`')]
        .iter()
        .any(|&(open, close)| end.ends_with(close) && words.contains(open))
}
