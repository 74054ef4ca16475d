//! Excerpts as SARIF locations: URIs, lines and columns.

use airights::Excerpt;

use super::log::{ArtifactLocation, Location, PhysicalLocation, Region};
use crate::place::{is_absolute, uri};

/// Where an excerpt stands.
pub(super) fn location(excerpt: &Excerpt) -> Location {
    at(&excerpt.path, (excerpt.lines.0 > 0).then(|| region(excerpt)))
}

/// The first line of a file.
pub(super) fn start_of(path: &str) -> Location {
    let first_line = Region {
        start_line: 1,
        start_column: None,
        end_line: None,
        end_column: None,
    };
    at(path, Some(first_line))
}

fn at(path: &str, region: Option<Region>) -> Location {
    Location {
        id: None,
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: uri(path),
                uri_base_id: (!is_absolute(path)).then_some("%SRCROOT%"),
            },
            region,
        },
        logical_locations: Vec::new(),
        message: None,
    }
}

/// The marked words as a region. Where the text was cut, only its lines are known.
fn region(excerpt: &Excerpt) -> Region {
    let lines_only = Region {
        start_line: excerpt.lines.0,
        start_column: None,
        end_line: Some(excerpt.lines.1),
        end_column: None,
    };
    let marked = excerpt.text.get(excerpt.marked_start..excerpt.marked_end);
    let Some((marked, before)) = marked.zip(excerpt.text.get(..excerpt.marked_start)) else {
        return lines_only;
    };
    let line_ends = u32::try_from(marked.matches('\n').count()).unwrap_or(u32::MAX);
    if marked.is_empty() || before.contains('\n') || excerpt.lines.1 - excerpt.lines.0 != line_ends {
        return lines_only;
    }
    let start_column = before.chars().count() + 1;
    let end_column = match marked.rsplit_once('\n') {
        Some((_, last_line)) => last_line.chars().count() + 1,
        None => start_column + marked.chars().count(),
    };
    Region {
        start_column: Some(start_column),
        end_column: Some(end_column),
        ..lines_only
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = "ä = \"é\"\nb\n";
        let start = source.find('"').unwrap();
        let region = region(&Excerpt::of("Cargo.toml", source, start..start + 4));
        assert_eq!((region.start_line, region.end_line), (1, Some(1)));
        assert_eq!((region.start_column, region.end_column), (Some(5), Some(8)));
    }
}
