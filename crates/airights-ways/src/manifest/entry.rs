//! One dependency in a manifest, edited.

use airights_manifest::manifest::edit::{replace, set};
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike};

use super::Edit;
use super::tidy::tidy_end;

/// Each place where a manifest names a dependency.
pub(super) fn each_entry(document: &mut DocumentMut, key: &str, take: &mut dyn FnMut(&mut Item)) {
    each_table(document, &mut |dependencies| {
        if let Some(item) = dependencies.get_mut(key) {
            take(item);
        }
    });
}

/// Each table of dependencies.
fn each_table(document: &mut DocumentMut, take: &mut dyn FnMut(&mut dyn TableLike)) {
    fn in_tables(table: &mut dyn TableLike, take: &mut dyn FnMut(&mut dyn TableLike)) {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            if let Some(dependencies) = table.get_mut(kind).and_then(Item::as_table_like_mut) {
                take(dependencies);
            }
        }
    }
    in_tables(document.as_table_mut(), take);
    let targets = document.get_mut("target").and_then(Item::as_table_like_mut);
    for (_, target) in targets.into_iter().flat_map(TableLike::iter_mut) {
        if let Some(target) = target.as_table_like_mut() {
            in_tables(target, take);
        }
    }
}

/// Makes an edit.
pub(super) fn apply(item: &mut Item, edit: &Edit) {
    match edit {
        // It stands elsewhere.
        Edit::NotByDefault(_) | Edit::Patch(_) => {}
        Edit::Replace { by, requirement } => super::replace::with(item, by, requirement),
        Edit::Require(requirement) => match item.as_table_like_mut() {
            Some(table) => set(table, "version", requirement.as_str().into()),
            None => replace(item, requirement.as_str().into()),
        },
        Edit::Features {
            default,
            features,
            instead,
        } => {
            if item.as_table_like().is_none() {
                let mut table = InlineTable::new();
                table.insert("version", item.as_str().unwrap_or("*").into());
                replace(item, table.into());
            }
            let Some(table) = item.as_table_like_mut() else { return };
            retain_features(table, features);
            if !*default {
                table.remove("default_features");
                set(table, "default-features", false.into());
                add_features(table, features);
            }
            add_features(table, instead.as_slice());
        }
    }
    tidy_end(item);
}

/// Keeps those features that are still asked for, in their order.
pub(super) fn retain_features(table: &mut dyn TableLike, features: &[String]) {
    let Some(array) = table.get_mut("features").and_then(Item::as_array_mut) else {
        return;
    };
    let blanks = array.get(0).map(|first| first.decor().clone());
    array.retain(|feature| {
        feature
            .as_str()
            .is_none_or(|feature| features.iter().any(|kept| kept == feature))
    });
    if array.is_empty() {
        table.remove("features");
    } else if let (Some(first), Some(blanks)) = (array.get_mut(0), blanks) {
        *first.decor_mut() = blanks;
    }
}

fn add_features(table: &mut dyn TableLike, features: &[String]) {
    if features.is_empty() {
        return;
    }
    if table.get("features").is_none() {
        set(table, "features", Array::new().into());
    }
    let Some(array) = table.get_mut("features").and_then(Item::as_array_mut) else {
        return;
    };
    for feature in features {
        if !array.iter().any(|known| known.as_str() == Some(feature)) {
            array.push(feature);
        }
    }
}
