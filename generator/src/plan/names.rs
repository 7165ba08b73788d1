//! Identifiers: minted once, by namespace and by use. Only this module can make one.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use heck::{ToKebabCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A Rust identifier, final: never a bare keyword, unique in its namespace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// As it is written in Rust, `r#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `r#`: for file names and prose.
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What an identifier is for: decides its case and what it is called when the text has no word in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Type,
    Variant,
    Field,
    Argument,
    Method,
    Module,
    Constant,
}

impl Use {
    fn spell(self, words: &str) -> String {
        match self {
            Self::Type | Self::Variant => words.to_pascal_case(),
            Self::Field | Self::Argument | Self::Method | Self::Module => words.to_snake_case(),
            Self::Constant => words.to_shouty_snake_case(),
        }
    }

    fn is_snake(self) -> bool {
        matches!(
            self,
            Self::Field | Self::Argument | Self::Method | Self::Module
        )
    }

    fn wordless(self) -> &'static str {
        match self {
            Self::Type => "Unnamed",
            Self::Variant => "Empty",
            Self::Field => "empty",
            Self::Argument => "value",
            Self::Method => "call",
            Self::Module => "root",
            Self::Constant => "UNNAMED",
        }
    }

    fn before_digits(self) -> &'static str {
        match self {
            Self::Type | Self::Variant | Self::Constant => "N",
            Self::Field | Self::Argument | Self::Method | Self::Module => "n",
        }
    }
}

/// A namespace: each identifier that it gives is a new one.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    around: Option<Arc<Names>>,
}

impl Names {
    /// Without these.
    pub(super) fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: reserved.into_iter().map(str::to_owned).collect(),
            around: None,
        }
    }

    /// A namespace inside another, whose names it doesn't give again.
    pub(super) fn inside(around: &Arc<Names>) -> Self {
        Self {
            taken: BTreeSet::new(),
            around: Some(Arc::clone(around)),
        }
    }

    /// Takes an identifier that another namespace gave.
    pub(super) fn reserve(&mut self, ident: &Ident) {
        self.taken.insert(ident.bare().to_owned());
    }

    fn has(&self, name: &str) -> bool {
        self.taken.contains(name) || self.around.as_ref().is_some_and(|around| around.has(name))
    }

    /// The identifier for a text, where no other has it yet.
    pub(super) fn take(&mut self, usage: Use, text: &str) -> Option<Ident> {
        let name = spelled(usage, text);
        if self.has(&name) {
            return None;
        }
        self.taken.insert(name.clone());
        Some(Ident(escaped(name)))
    }

    /// The identifier for a text. A clash is resolved by the first word that helps, by a number only
    /// where no word does.
    pub(super) fn mint(&mut self, usage: Use, text: &str, words: &[&str]) -> Ident {
        let mut candidate = spelled(usage, text);
        if self.has(&candidate) {
            candidate = spelled(usage, &signs_spelled(text));
        }
        for word in words {
            if !self.has(&candidate) {
                break;
            }
            candidate = spelled(usage, &format!("{text} {word}"));
        }
        let stem = candidate.clone();
        let mut number = 2;
        while self.has(&candidate) {
            candidate = if stem.ends_with(|last: char| last.is_ascii_digit()) {
                format!("{stem}_{number}")
            } else {
                format!("{stem}{number}")
            };
            number += 1;
        }
        self.taken.insert(candidate.clone());
        Ident(escaped(candidate))
    }
}

/// An identifier that needs no namespace of its own, because its owner sees to it that it is alone.
pub(super) fn lone(usage: Use, text: &str) -> Ident {
    Ident(escaped(spelled(usage, text)))
}

/// Words in upper case for an environment variable.
pub(super) fn environment_variable(words: &str) -> String {
    let name = spelled(Use::Constant, words);
    name.chars()
        .map(|character| if character.is_ascii() { character } else { '_' })
        .collect()
}

/// A name that cargo takes for a package.
pub(super) fn package(text: &str) -> String {
    let name: String = text
        .to_kebab_case()
        .chars()
        .filter(|character| {
            character.is_ascii_alphanumeric() || *character == '-' || *character == '_'
        })
        .collect();
    let name = name.trim_matches('-').to_owned();
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if name.is_empty() {
        "sdk".to_owned()
    } else if !starts_well || is_keyword(&name) || RESERVED_PACKAGES.contains(&name.as_str()) {
        format!("sdk-{name}")
    } else {
        name
    }
}

const RESERVED_PACKAGES: &[&str] = &[
    "test",
    "core",
    "std",
    "alloc",
    "proc-macro",
    "deps",
    "build",
    "examples",
    "incremental",
];

/// How a text is spelled for a use, whether or not it is free.
pub(super) fn spelled(usage: Use, text: &str) -> String {
    if usage.is_snake() && is_snake(text) {
        return text.to_owned();
    }
    let words: String = symbols_spelled(text);
    let spelled: String = usage
        .spell(&words)
        .chars()
        .filter(|character| unicode_ident::is_xid_continue(*character))
        .collect();
    let first = spelled.chars().find(|character| *character != '_');
    match first {
        None => usage.wordless().to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => spelled,
        Some(_) => format!(
            "{}{}",
            usage.before_digits(),
            spelled.trim_start_matches('_')
        ),
    }
}

/// Whether a text is small words already, as most names of fields are.
fn is_snake(text: &str) -> bool {
    let is_word = |word: &str| {
        let is_small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !word.is_empty() && word.bytes().all(is_small)
    };
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.split('_').all(is_word)
}

/// Symbols that carry meaning become words: a sign in front, all of them where there is nothing else.
fn symbols_spelled(text: &str) -> String {
    let has_word = text.chars().any(char::is_alphanumeric);
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut at_start = true;
    while let Some(character) = rest.next() {
        let before_word = rest.peek().is_some_and(|next| next.is_alphanumeric());
        match character {
            '-' if at_start && before_word => spelled.push_str("minus "),
            '+' if at_start && before_word => spelled.push_str("plus "),
            _ if character.is_alphanumeric() => spelled.push(character),
            _ if has_word => spelled.push(' '),
            _ => {
                spelled.push_str(symbol_name(character));
                spelled.push(' ');
            }
        }
        at_start = false;
    }
    spelled
}

/// Signs of numbers become words anywhere (`GMT-0`): where names that differ by these alone would meet.
fn signs_spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let before_digit = rest.peek().is_some_and(char::is_ascii_digit);
        match character {
            '-' if before_digit => spelled.push_str(" minus "),
            '+' if before_digit => spelled.push_str(" plus "),
            _ => spelled.push(character),
        }
    }
    spelled
}

fn symbol_name(symbol: char) -> &'static str {
    match symbol {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        _ => "",
    }
}

fn escaped(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "Self" => format!("{name}_"),
        keyword if is_keyword(keyword) => format!("r#{name}"),
        _ => name,
    }
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words of a text in snake case, for comparing names.
pub(super) fn snake(text: &str) -> String {
    symbols_spelled(text).to_snake_case()
}

/// Identifiers of modules, for tests of what is made of them.
#[cfg(test)]
pub(crate) fn modules_called(names: &[&str]) -> Vec<Ident> {
    names.iter().map(|name| lone(Use::Module, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mint(usage: Use, text: &str) -> String {
        Names::default().mint(usage, text, &[]).to_string()
    }

    #[test]
    fn keywords_are_raw_where_rust_allows_it() {
        assert_eq!(mint(Use::Field, "type"), "r#type");
        assert_eq!(mint(Use::Field, "self"), "self_");
        assert_eq!(mint(Use::Type, "self"), "Self_");
    }

    #[test]
    fn symbols_and_digits_become_names() {
        assert_eq!(mint(Use::Field, "+1"), "plus_1");
        assert_eq!(mint(Use::Field, "-1"), "minus_1");
        assert_eq!(mint(Use::Variant, "-created_at"), "MinusCreatedAt");
        assert_eq!(mint(Use::Field, "@odata.type"), "odata_type");
        assert_eq!(mint(Use::Variant, "1080p"), "N1080p");
        assert_eq!(mint(Use::Variant, ">="), "GreaterEqual");
        assert_eq!(mint(Use::Variant, ""), "Empty");
        assert_eq!(mint(Use::Field, "größe"), "größe");
        assert_eq!(mint(Use::Type, "🙂"), "Unnamed");
    }

    #[test]
    fn small_words_stay_as_they_are() {
        for text in ["a", "a1b_2c", "page_info_3", "aa_b"] {
            assert!(is_snake(text), "{text}");
            assert_eq!(text.replace('_', " ").to_snake_case(), text);
        }
        for text in ["", "_a", "a_", "a__b", "1a", "aB", "a b", "ä"] {
            assert!(!is_snake(text), "{text}");
        }
    }

    #[test]
    fn a_sign_tells_names_apart() {
        let mut names = Names::default();
        let spelled: Vec<String> = ["GMT0", "GMT+0", "GMT-0"]
            .iter()
            .map(|text| names.mint(Use::Variant, text, &["value"]).to_string())
            .collect();
        assert_eq!(spelled, ["Gmt0", "GmtPlus0", "GmtMinus0"]);
    }

    #[test]
    fn a_word_comes_before_a_number() {
        let mut names = Names::default();
        assert_eq!(names.mint(Use::Field, "userId", &[]).as_str(), "user_id");
        assert_eq!(
            names.mint(Use::Field, "user_id", &["query"]).as_str(),
            "user_id_query"
        );
        assert_eq!(
            names.mint(Use::Field, "user-id", &["query"]).as_str(),
            "user_id_query2"
        );
    }
}
