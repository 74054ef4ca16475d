//! The layout of an entry that was edited.

use toml_edit::Item;

/// Keeps the blank before the closing brace, which goes with the last value: where that went, the new last one gets it, and
/// where others were put behind it, it loses it.
pub(super) fn tidy_end(item: &mut Item) {
    let Some(table) = item.as_inline_table_mut() else {
        return;
    };
    let last = table.len().saturating_sub(1);
    for (number, (_, value)) in table.iter_mut().enumerate() {
        let is_blank = value.decor().suffix().and_then(toml_edit::RawString::as_str) == Some(" ");
        if number == last {
            value.decor_mut().set_suffix(" ");
        } else if is_blank {
            value.decor_mut().set_suffix("");
        }
    }
}
