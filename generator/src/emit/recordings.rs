//! The part of the runtime that records exchanges and replays them.

use crate::plan::names::Ident;

/// What recording and replaying looks like; the README shows it, too.
pub(super) const EXAMPLE: &str = include_str!("../../../templates/recording.md");

/// What is said of a new recorder, with the example as one that compiles.
pub(super) fn documented(library: &Ident) -> Vec<String> {
    let mut lines = vec![
        "Records what passes, without the secrets of this service.".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        format!(
            "# use {}::{{Client, Credentials, Recorder, Replay}};",
            library.bare()
        ),
        "# async fn run(credentials: Credentials) -> Result<(), Box<dyn std::error::Error>> {"
            .to_owned(),
    ];
    lines.extend(EXAMPLE.lines().map(str::to_owned));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// File names and texts.
pub(super) const FILES: &[(&str, &str)] = &[
    (
        "json_tree.rs",
        include_str!("../../../templates/runtime/json_tree.rs"),
    ),
    (
        "known_secrets.rs",
        include_str!("../../../templates/runtime/known_secrets.rs"),
    ),
    (
        "matching.rs",
        include_str!("../../../templates/runtime/matching.rs"),
    ),
    (
        "passing.rs",
        include_str!("../../../templates/runtime/passing.rs"),
    ),
    (
        "recorded_body.rs",
        include_str!("../../../templates/runtime/recorded_body.rs"),
    ),
    (
        "recorder.rs",
        include_str!("../../../templates/runtime/recorder.rs"),
    ),
    (
        "recording.rs",
        include_str!("../../../templates/runtime/recording.rs"),
    ),
    (
        "redaction.rs",
        include_str!("../../../templates/runtime/redaction.rs"),
    ),
    (
        "replay.rs",
        include_str!("../../../templates/runtime/replay.rs"),
    ),
];
