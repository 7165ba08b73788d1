//! What the configuration says of the tree.

use super::*;
use crate::diagnostic::Code;

#[test]
fn the_longest_prefix_moves_what_stands_below_it() {
    assert_stands(
        "GET /access/apps: list -> trust.applications.list
         GET /access/apps/{id} -> trust.applications.get
         GET /access/groups: list -> trust.access.groups.list
         POST /access/groups/{id}/rotate -> trust.access.groups.rotate",
        r#"resources = [
            { prefix = "/access", resource = "trust.access" },
            { prefix = "/access/apps", resource = "trust.applications" },
        ]"#,
    );
}

#[test]
fn braces_are_any_parameter() {
    assert_stands(
        "GET /policy/exclude -> policies.default.exclude.get
         PUT /policy/exclude -> policies.default.exclude.update
         GET /policy/{id}/exclude -> policies.custom.exclude.get
         PUT /policy/{id}/exclude -> policies.custom.exclude.update",
        r#"resources = [
            { prefix = "/policy", resource = "policies.default" },
            { prefix = "/policy/{}", resource = "policies.custom" },
        ]"#,
    );
}

#[test]
fn a_prefix_may_name_the_scope() {
    assert_stands(
        "GET /teams/{id}/settings -> teams.settings.get
         GET /users/{id}/settings: list -> preferences.list
         GET /teams/{id}/keys: list -> keys.list
         GET /users/{id}/keys: list -> keys.list",
        r#"
        scopes = [{ prefix = "/teams/{id}" }, { prefix = "/users/{id}" }]
        resources = [
            { prefix = "/teams/{}/settings", resource = "teams.settings" },
            { prefix = "/users/{}/settings", resource = "preferences" },
        ]"#,
    );
}

#[test]
fn methods_are_renamed_under_a_prefix() {
    assert_stands(
        "GET /things/export -> things.export
         GET /things: list -> things.list
         PUT /things/{id} -> things.replace
         GET /other: list -> other.get
         GET /other/{id}: list -> other.get_by_id",
        r#"resources = [
            { prefix = "/things", methods = { update = "replace" } },
            { prefix = "/things/export", resource = "things", methods = { get = "export" } },
            { prefix = "/other", methods = { list = "get" } },
        ]"#,
    );
}

#[test]
fn a_prefix_says_whether_last_words_are_actions() {
    assert_stands(
        "PUT /issues/{id}/dismiss -> issues.dismiss
         POST /videos/{id}/token -> videos.token.create
         POST /videos/clip -> videos.clip.create",
        r#"resources = [
            { prefix = "/issues/{}", actions = true },
            { prefix = "/videos", actions = false },
        ]"#,
    );
}

#[test]
fn words_are_spelled_otherwise_everywhere() {
    assert_stands(
        "GET /cfg -> configurations.get
         PUT /things/{id}/cfg -> things.configurations.update",
        r#"words.cfg = "configurations""#,
    );
}

#[test]
fn a_prefix_that_nothing_begins_with_is_reported() {
    let report = planned(
        &document("GET /things: list"),
        r#"resources = [{ prefix = "/thinks", resource = "things" }]"#,
    );
    assert!(
        report
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code == Code::StaleConfiguration)
    );
}
