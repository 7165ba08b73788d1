//! The configuration's text with another version: everything else stays to the letter.

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

use crate::config::RenamedConfig;

/// With `[package] version`.
///
/// # Errors
///
/// Where the text isn't a configuration.
pub fn with_version(text: &str, version: &str) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    let package = document
        .entry("package")
        .or_insert_with(|| Item::Table(Table::new()))
        .as_table_like_mut()
        .ok_or("`package` isn't a table")?;
    match package.get_mut("version").and_then(Item::as_value_mut) {
        Some(present) => {
            let decor = present.decor().clone();
            *present = Value::from(version);
            *present.decor_mut() = decor;
        }
        None => {
            package.insert("version", value(version));
        }
    }
    Ok(document.to_string())
}

/// With the old names of what was renamed: those that are there already have what they lead to
/// corrected, others come at the end.
///
/// # Errors
///
/// Where the text isn't a configuration.
pub fn with_renamed(text: &str, renamed: &[RenamedConfig]) -> Result<String, String> {
    if renamed.is_empty() {
        return Ok(text.to_owned());
    }
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    let entries = document
        .entry("renamed")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()
        .ok_or("`renamed` isn't written as `[[renamed]]`")?;
    for one in renamed {
        let (key, old) = match (&one.type_, &one.method) {
            (Some(old), _) => ("type", old),
            (None, Some(old)) => ("method", old),
            (None, None) => continue,
        };
        let is_same = |entry: &&mut Table| entry.get(key).and_then(Item::as_str) == Some(old);
        if let Some(entry) = entries.iter_mut().find(is_same) {
            if entry.get("to").and_then(Item::as_str) != Some(&one.to) {
                entry.insert("to", value(&one.to));
            }
            if let Some(since) = one.since.as_ref().filter(|_| !entry.contains_key("since")) {
                entry.insert("since", value(since));
            }
            continue;
        }
        let mut entry = Table::new();
        entry.insert(key, value(old));
        entry.insert("to", value(&one.to));
        if let Some(since) = &one.since {
            entry.insert("since", value(since));
        }
        entries.push(entry);
    }
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str) -> String {
        with_version(text, "0.2.0").unwrap_or_default()
    }

    #[test]
    fn nothing_but_the_version_changes() {
        let text = "# Ours.\nspec = 'a.yaml'\n\n[package]\nname = \"a\"\nversion = '0.1.0'  # said\n\n[words]\na = \"b\"\n";
        assert_eq!(edited(text), text.replace("'0.1.0'", "\"0.2.0\""));
    }

    #[test]
    fn a_configuration_without_a_version_gets_one() {
        assert_eq!(
            edited("spec = \"a.yaml\"\n[package]\nname = \"a\"\n"),
            "spec = \"a.yaml\"\n[package]\nname = \"a\"\nversion = \"0.2.0\"\n"
        );
        assert_eq!(
            edited("spec = \"a.yaml\"\n"),
            "spec = \"a.yaml\"\n\n[package]\nversion = \"0.2.0\"\n"
        );
        assert_eq!(
            edited("package = { name = \"a\" }\n"),
            "package = { name = \"a\" , version = \"0.2.0\" }\n"
        );
    }

    #[test]
    fn old_names_are_added_once_and_follow_what_they_lead_to() {
        let renamed = |old: &str, to: &str| RenamedConfig {
            type_: Some(old.to_owned()),
            method: None,
            to: to.to_owned(),
            since: Some("0.2.0".to_owned()),
        };
        let once = with_renamed("a = 1\n", &[renamed("p::A", "p::B")]).unwrap_or_default();
        assert_eq!(
            once,
            "a = 1\n\n[[renamed]]\ntype = \"p::A\"\nto = \"p::B\"\nsince = \"0.2.0\"\n"
        );
        let again = with_renamed(&once, &[renamed("p::A", "p::C"), renamed("p::B", "p::C")]);
        assert_eq!(
            again.unwrap_or_default(),
            once.replace("\"p::B\"", "\"p::C\"")
                + "\n[[renamed]]\ntype = \"p::B\"\nto = \"p::C\"\nsince = \"0.2.0\"\n"
        );
    }

    #[test]
    fn what_is_no_configuration_is_an_error() {
        assert!(with_version("package = 1", "0.2.0").is_err());
        assert!(with_version("[[", "0.2.0").is_err());
    }
}
