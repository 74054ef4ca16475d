//! A declaration in a `Cargo.toml`, with comments, order and layout of everything else left as they are.

use airights::declaration::{Declaration, TermsAt};
use airights::{AiUse, Condition, UseValue};
use airights_manifest::manifest::edit::set;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// Whose declaration it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// `[package.metadata.airights]`
    Package,
    /// `[workspace.metadata.airights]`
    Workspace,
}

impl Owner {
    /// The table the metadata stand in.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Workspace => "workspace",
        }
    }
}

/// Writes a declaration into a manifest. What is there already and says the same is not touched, and `scope` never is.
/// `None` where the manifest has no such owner, or something other than a table in the way.
pub fn set_declaration(document: &mut DocumentMut, owner: Owner, declaration: &Declaration) -> Option<()> {
    let owner = document.get_mut(owner.table())?.as_table_like_mut()?;
    let metadata = sub_table(owner, "metadata", true)?;
    let table = sub_table(metadata, "airights", false)?;
    set_string(
        table,
        "vocab",
        declaration.vocab.map(|draft| draft.to_string()).as_deref(),
    );
    let usage = declaration.content_usage.as_ref().map(ToString::to_string);
    set_string(table, "content-usage", usage.as_deref());
    set_uses(table, declaration)?;
    set_conditions(table, &declaration.conditions);
    set_string(table, "terms", declaration.terms.as_ref().map(TermsAt::as_str));
    set_string(table, "contact", declaration.contact.as_deref());
    Some(())
}

/// Writes the `license` key of a package, or of the workspace that packages inherit it from.
pub fn set_license(document: &mut DocumentMut, owner: Owner, license: &str) -> Option<()> {
    let mut table = document.get_mut(owner.table())?.as_table_like_mut()?;
    if owner == Owner::Workspace {
        table = table.get_mut("package")?.as_table_like_mut()?;
    }
    set_string(table, "license", Some(license));
    Some(())
}

/// A table in another one, made where there is none. One that only leads to others has no heading of its own.
fn sub_table<'t>(table: &'t mut dyn TableLike, name: &str, is_implicit: bool) -> Option<&'t mut dyn TableLike> {
    if !table.contains_key(name) {
        let mut new = Table::new();
        new.set_implicit(is_implicit);
        table.insert(name, Item::Table(new));
    }
    table.get_mut(name)?.as_table_like_mut()
}

/// Sets a key where it says something else; `None` takes it out.
fn set_string(table: &mut dyn TableLike, key: &str, text: Option<&str>) {
    match text {
        None => {
            table.remove(key);
        }
        Some(text) if table.get(key).and_then(Item::as_str) == Some(text) => {}
        Some(text) => set(table, key, Value::from(text)),
    }
}

fn set_uses(table: &mut dyn TableLike, declaration: &Declaration) -> Option<()> {
    let said = |ai_use: AiUse| {
        declaration
            .uses
            .get(&ai_use)
            .filter(|value| **value != UseValue::Unknown)
    };
    if AiUse::ALL.iter().all(|&ai_use| said(ai_use).is_none()) {
        table.remove("use");
        return Some(());
    }
    if !table.contains_key("use") {
        table.insert("use", value(InlineTable::new()));
    }
    let uses = table.get_mut("use")?.as_table_like_mut()?;
    for &ai_use in AiUse::ALL {
        set_string(uses, ai_use.as_str(), said(ai_use).map(|value| value.as_str()));
    }
    if let Some(Value::InlineTable(uses)) = table.get_mut("use").and_then(Item::as_value_mut) {
        uses.fmt();
    }
    Some(())
}

fn set_conditions(table: &mut dyn TableLike, conditions: &[Condition]) {
    if conditions.is_empty() {
        table.remove("conditions");
        return;
    }
    let words: Vec<&str> = conditions.iter().map(|condition| condition.as_str()).collect();
    let before = table.get("conditions").and_then(Item::as_array);
    let is_same = before.is_some_and(|array| array.iter().filter_map(Value::as_str).eq(words.iter().copied()));
    if !is_same {
        set(table, "conditions", Value::Array(words.into_iter().collect::<Array>()));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::declaration::{Preset, Wish};

    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`expect!` makes a value to be checked once"
    )]
    fn check(manifest: &str, wish: Wish, expected: Expect) {
        let mut document: DocumentMut = manifest.parse().expect("a manifest");
        let declaration = wish.granted(&Declaration::default()).expect("a declaration");
        set_declaration(&mut document, Owner::Package, &declaration).expect("a package");
        let first = document.to_string();
        expected.assert_eq(&first);
        set_declaration(&mut document, Owner::Package, &declaration).expect("a package");
        assert_eq!(document.to_string(), first, "the second time changes nothing");
    }

    fn preset(name: &str) -> Wish {
        Wish {
            preset: Preset::named(name),
            ..Wish::default()
        }
    }

    #[test]
    fn a_declaration_stands_below_its_package() {
        check(
            "# A parser.\n[package]\nname = \"a\" # short\n\n[dependencies]\nb = \"1\"\n",
            preset("open-models"),
            expect![[r#"
                # A parser.
                [package]
                name = "a" # short

                [package.metadata.airights]
                vocab = "draft-ietf-aipref-vocab-07"
                content-usage = "train-ai=n;exceptions=cc-cr-op"
                use = { ai-input = "allowed" }

                [dependencies]
                b = "1"
            "#]],
        );
    }

    #[test]
    fn what_is_there_keeps_its_comments_and_what_is_not_ours_its_place() {
        let mut wish = preset("no-ai");
        wish.contact = Some("rights@example.org".to_owned());
        check(
            "[package]\nname = \"a\"\n\n[package.metadata.docs.rs]\nall-features = true\n\n[package.metadata.airights]\n\
             # As the board decided.\ncontent-usage = \"train-ai=y\" # for now\nuse.ai-input = \"allowed\"\n\
             conditions = [\"credit\"]\nscope = [{ path = \"assets/**\", train-ai = \"disallowed\" }]\n",
            wish,
            expect![[r#"
                [package]
                name = "a"

                [package.metadata.docs.rs]
                all-features = true

                [package.metadata.airights]
                # As the board decided.
                content-usage = "train-ai=n" # for now
                use.ai-input = "disallowed"
                scope = [{ path = "assets/**", train-ai = "disallowed" }]
                vocab = "draft-ietf-aipref-vocab-07"
                contact = "rights@example.org"
            "#]],
        );
    }

    #[test]
    fn the_license_keeps_its_comment() {
        let mut document: DocumentMut = "[package]\nlicense = \"MIT\" # since 2020\n"
            .parse()
            .expect("a manifest");
        set_license(&mut document, Owner::Package, "MIT AND LicenseRef-airights-x").expect("a package");
        let expected = "[package]\nlicense = \"MIT AND LicenseRef-airights-x\" # since 2020\n";
        assert_eq!(document.to_string(), expected);
    }
}
