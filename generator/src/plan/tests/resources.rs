//! The tree without configuration.

use super::*;

#[test]
fn verb_and_form_of_the_path_are_the_method() {
    assert_stands(
        "GET /things: list -> things.list
         POST /things -> things.create
         GET /things/{id} -> things.get
         PUT /things/{id} -> things.update
         PATCH /things/{id} -> things.edit
         DELETE /things/{id} -> things.delete
         GET /things/{id}/owner -> things.owner.get
         PUT /things/{id}/owner -> things.owner.update",
        "",
    );
}

#[test]
fn a_post_to_a_thing_changes_it_where_its_collection_creates() {
    assert_stands(
        "POST /charges -> charges.create
         POST /charges/{id} -> charges.update
         POST /marks/{id} -> marks.create",
        "",
    );
}

#[test]
fn a_list_is_known_by_the_answer_the_plural_and_the_things_below() {
    assert_stands(
        "GET /things: one -> things.list
         GET /things/{id} -> things.get
         GET /stuff: list -> stuff.list
         GET /stuff/{id} -> stuff.get
         GET /weather: one -> weather.get
         GET /settings: one -> settings.get",
        "",
    );
}

#[test]
fn the_last_word_of_a_lone_post_is_an_action() {
    assert_stands(
        "POST /things/{id}/rotate -> things.rotate
         POST /things/{id}/revoke_tokens -> things.revoke_tokens
         POST /things/{id}/parts -> things.parts.create
         POST /things/{id}/note -> things.note.create
         GET /things/{id}/note -> things.note.get
         POST /things/{name}:cancel -> things.cancel",
        "",
    );
}

#[test]
fn words_that_are_methods_are_methods() {
    assert_stands(
        "POST /orders/new -> orders.create
         GET /orders/list: list -> orders.list
         POST /orders/{id}/delete -> orders.delete
         POST /drafts -> drafts.create
         POST /drafts/new -> drafts.new_call",
        "",
    );
}

#[test]
fn reports_side_by_side_are_methods() {
    assert_stands(
        "GET /traffic/summary/os -> traffic.summary.os
         GET /traffic/summary/browser -> traffic.summary.browser
         GET /traffic/top/paths: list -> traffic.top.paths
         GET /traffic/top/hosts: list -> traffic.top.hosts
         GET /billing/profile -> billing.profile.get",
        "",
    );
}

#[test]
fn a_call_on_all_things_is_told_from_one_on_a_thing() {
    assert_stands(
        "DELETE /things -> things.bulk_delete
         DELETE /things/{id} -> things.delete
         DELETE /cache -> cache.delete",
        "",
    );
}

#[test]
fn versions_that_tell_nothing_apart_are_left_out() {
    assert_stands(
        "GET /api/v1/things: list -> things.list
         GET /alerts/v3/policies: list -> alerts.policies.list
         GET /images/v1/keys: list -> images.v1.keys.list
         GET /images/v2/keys: list -> images.v2.keys.list",
        "",
    );
}

#[test]
fn nothing_stutters() {
    assert_stands(
        "GET /cache/cache_reserve -> cache.reserve.get
         PUT /cache/cache_reserve -> cache.reserve.update
         GET /tunes/{id}/tune-assets: list -> tunes.assets.list",
        "",
    );
}

#[test]
fn singular_and_plural_are_one_resource_where_their_calls_differ() {
    assert_stands(
        "GET /rules: list -> rules.list
         PUT /rule/{id} -> rules.update
         DELETE /rule/{id} -> rules.delete
         GET /app -> app.get
         GET /apps/{slug} -> apps.get",
        "",
    );
}

const SCOPED: &str = "
    GET /teams/{id}/keys: list
    GET /users/{id}/keys: list
    PUT /teams/{id}/lock
    PUT /users/{id}/lock
";

#[test]
fn equal_twins_are_one_method() {
    assert_eq!(
        stands(SCOPED, ""),
        "keys.list\nkeys.list\nlock.update\nlock.update\n"
    );
}

#[test]
fn twins_that_differ_are_two_methods_whatever_their_order() {
    let differing = "
        GET /users/{id}/keys: one
        GET /users/{id}/keys/{key}
        GET /teams/{id}/keys: list
        GET /teams/{id}/keys/{key}
        PUT /teams/{id}/lock
        PUT /users/{id}/lock";
    let found = stands(differing, "");
    assert_eq!(
        found.lines().collect::<Vec<_>>(),
        [
            "keys.list_for_user",
            "keys.get",
            "keys.list",
            "keys.get",
            "lock.update",
            "lock.update"
        ]
    );
    let mut backwards: Vec<&str> = differing.lines().collect();
    backwards.reverse();
    let mut found_backwards: Vec<String> = stands(&backwards.join("\n"), "")
        .lines()
        .map(str::to_owned)
        .collect();
    found_backwards.reverse();
    assert_eq!(found_backwards, found.lines().collect::<Vec<_>>());
}

#[test]
fn a_tag_says_what_belongs_to_the_scope_itself() {
    let requests = format!(
        "{SCOPED}\nGET /teams/{{id}}/members: list # Team Members\nPOST /teams/{{id}}/archive # Teams"
    );
    let found = stands(&requests, "");
    assert!(
        found.ends_with("teams.members.list\nteams.archive\n"),
        "{found}"
    );
}

#[test]
fn calls_that_meet_are_told_apart_by_their_parameters() {
    assert_stands(
        "GET /policy/exclude -> policy.exclude.get
         PUT /policy/exclude -> policy.exclude.update
         GET /policy/{policy_id}/exclude -> policy.exclude.get_by_policy_id
         PUT /policy/{policy_id}/exclude -> policy.exclude.update_by_policy_id",
        "",
    );
}
