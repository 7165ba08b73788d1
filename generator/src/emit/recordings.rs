//! The part of the runtime that records exchanges and replays them.

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
