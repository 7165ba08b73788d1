//! stub
use crate::diagnostic::Diagnostic;
use crate::load::LoadError;
use crate::source::Source;
pub fn text(s: &Source, d: &[Diagnostic], _c: bool) -> String {
    d.iter()
        .map(|d| {
            let at = s.locate(&d.at);
            format!(
                "warning[{}]: {}\n  --> {}:{}\n  at {}\n  help: {}\n",
                d.code.as_str(),
                d.message,
                s.name,
                at.map_or(String::new(), |a| format!("{}:{}", a.line, a.column)),
                d.at,
                d.help.clone().unwrap_or_default()
            )
        })
        .collect()
}
pub fn json(_s: &Source, d: &[Diagnostic]) -> String {
    format!("{d:?}")
}
pub fn load_error_text(s: &Source, e: &LoadError, _c: bool) -> String {
    format!("error: {}: {e}\n{:?}", s.name, e.hint)
}
pub fn load_error_json(s: &Source, e: &LoadError) -> String {
    load_error_text(s, e, false)
}
