//! Programs and files that a configuration names relative to itself. Where they are is only known while it is read.

use std::path::Path;

use toml::{Table, Value};

/// Makes every program and file that a configuration names absolute, as cargo does: what has a slash in it is below the
/// directory that `.cargo` is in, and anything else is for the search path. Commands become lists of words.
pub(super) fn resolve_places(table: &mut Table, file: &Path) {
    let root = file.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let registries = table.get_mut("registries").and_then(Value::as_table_mut);
    let registries = registries.into_iter().flat_map(Table::iter_mut).map(|(_, value)| value);
    for provider in registries.filter_map(|registry| registry.get_mut("credential-provider")) {
        resolve_command(provider, root);
    }
    if let Some(registry) = table.get_mut("registry").and_then(Value::as_table_mut) {
        for (key, value) in registry {
            match key.as_str() {
                "credential-provider" => resolve_command(value, root),
                "global-credential-providers" => items(value).for_each(|provider| resolve_command(provider, root)),
                _ => {}
            }
        }
    }
    if let Some(aliases) = table.get_mut("credential-alias").and_then(Value::as_table_mut) {
        aliases.iter_mut().for_each(|(_, alias)| resolve_command(alias, root));
    }
    if let Some(Value::String(file)) = table.get_mut("http").and_then(|http| http.get_mut("cainfo")) {
        *file = root.join(&*file).to_string_lossy().into_owned();
    }
}

fn items(list: &mut Value) -> impl Iterator<Item = &mut Value> {
    list.as_array_mut().into_iter().flatten()
}

/// Splits a command into words, if it is a text, and resolves the first.
fn resolve_command(command: &mut Value, root: &Path) {
    let mut words: Vec<Value> = match command {
        Value::String(text) => text.split_whitespace().map(Value::from).collect(),
        Value::Array(words) => std::mem::take(words),
        _ => return,
    };
    if let Some(Value::String(program)) = words.first_mut()
        && program.contains(['/', std::path::MAIN_SEPARATOR])
    {
        *program = root.join(&*program).to_string_lossy().into_owned();
    }
    *command = Value::Array(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_below_the_directory_of_the_configuration_or_on_the_search_path() {
        let text = "[registries.a]\ncredential-provider = 'bin/ask --all'\n[registries.b]\nindex = 'x'\n\
            [registry]\nglobal-credential-providers = ['cargo:token', '/bin/ask now']\ncredential-provider = ['./x', 'a b']\n\
            [credential-alias]\nshort = 'ask'\n[http]\ncainfo = 'ca.pem'\n";
        let mut table: Table = toml::from_str(text).unwrap();
        resolve_places(&mut table, Path::new("/home/me/.cargo/config.toml"));
        let expected = "[registries.a]\ncredential-provider = ['/home/me/bin/ask', '--all']\n[registries.b]\nindex = 'x'\n\
            [registry]\nglobal-credential-providers = [['cargo:token'], ['/bin/ask', 'now']]\n\
            credential-provider = ['/home/me/./x', 'a b']\n\
            [credential-alias]\nshort = ['ask']\n[http]\ncainfo = '/home/me/ca.pem'\n";
        assert_eq!(table, toml::from_str(expected).unwrap());
    }
}
