//! What is taken out of an exchange before anybody keeps it: by the names of headers, parameters and members.

use std::collections::BTreeSet;

use base64::Engine as _;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use percent_encoding::percent_decode_str;

use super::json_tree::Json;
use super::known_secrets::KnownSecrets;
use super::service::{CredentialPlace, Service};

/// What stands in place of a secret.
pub(super) const MARK: &str = "[redacted]";

/// Headers that prove who somebody is, whatever the service.
const HEADERS: [HeaderName; 4] = [
    header::AUTHORIZATION,
    header::PROXY_AUTHORIZATION,
    header::COOKIE,
    header::SET_COOKIE,
];

/// What says nothing of who somebody is, also where the caller gives it.
const PLAIN_HEADERS: [HeaderName; 4] = [
    header::ACCEPT,
    header::CONTENT_TYPE,
    header::USER_AGENT,
    header::ACCEPT_LANGUAGE,
];

/// Secrets of OAuth 2.0 in forms alone: elsewhere, others have these names, too (RFC 6749, RFC 7009, RFC 7662).
const FORM_KEYS: [&str; 2] = ["code", "token"];

/// Secrets of OAuth 2.0 in requests and answers (RFC 6749, RFC 7521, RFC 7592, RFC 7636, RFC 8628, RFC 8693), and passwords.
const KEYS: [&str; 12] = [
    "access_token",
    "actor_token",
    "assertion",
    "client_assertion",
    "client_secret",
    "code_verifier",
    "device_code",
    "id_token",
    "password",
    "refresh_token",
    "registration_access_token",
    "subject_token",
];

/// Names of what holds secrets.
#[derive(Clone)]
pub(super) struct Redaction {
    service: &'static Service,
    /// In small letters.
    headers: BTreeSet<String>,
    /// As [`plain`] has them.
    query: BTreeSet<String>,
    /// As [`plain`] has them.
    keys: BTreeSet<String>,
}

impl Redaction {
    pub(super) fn of(service: &'static Service) -> Self {
        let secrets = &service.secrets;
        let mut redaction = Self {
            service,
            headers: HEADERS.iter().map(ToString::to_string).collect(),
            query: BTreeSet::new(),
            keys: BTreeSet::new(),
        };
        for name in secrets.parameters {
            redaction.redact_header(name);
            redaction.redact_query(name);
        }
        for name in secrets.fields {
            redaction.redact_key(name);
        }
        for name in KEYS {
            redaction.redact_query(name);
            redaction.redact_key(name);
        }
        for part in service.credentials.iter().flat_map(|kind| kind.parts) {
            match part.place {
                CredentialPlace::Header(name) => redaction.redact_header(name),
                CredentialPlace::Query(name) => redaction.redact_query(name),
                // In headers that are redacted for every service.
                CredentialPlace::Bearer
                | CredentialPlace::Basic
                | CredentialPlace::Cookie(_)
                | CredentialPlace::ClientId
                | CredentialPlace::ClientSecret { .. } => {}
            }
        }
        redaction
    }

    pub(super) fn redact_header(&mut self, name: &str) {
        self.headers.insert(name.to_lowercase());
    }

    pub(super) fn redact_query(&mut self, name: &str) {
        self.query.insert(plain(name));
    }

    pub(super) fn redact_key(&mut self, name: &str) {
        self.keys.insert(plain(name));
    }

    /// Takes for a secret what was one when this path with query was recorded.
    pub(super) fn learn_from(&mut self, path: &str) {
        let (_, query) = path.split_once('?').unwrap_or_default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        for (name, _) in pairs.filter(|(_, value)| *value == MARK) {
            self.redact_query(&decoded(name));
        }
    }

    /// Who is asked, for the user of a recording.
    pub(super) fn service_name(&self) -> &'static str {
        self.service.name
    }

    /// Whether the body of this operation, or its answer, is a secret as a whole.
    pub(super) fn is_secret(&self, operation: Option<&str>) -> bool {
        operation.is_some_and(|operation| self.service.secrets.operations.contains(&operation))
    }

    /// A path with query. `template` is the path as the document has it, without what may stand before it.
    pub(super) fn path(
        &self,
        path: &str,
        template: Option<&str>,
        query: Option<&str>,
        known: &mut KnownSecrets,
    ) -> String {
        let mut segments: Vec<&str> = path.split('/').collect();
        let templates = template
            .into_iter()
            .flat_map(|template| template.rsplit('/'));
        for (segment, template) in segments.iter_mut().rev().zip(templates) {
            let names = self.service.secrets.parameters.iter();
            let mut names = names.map(|name| format!("{{{name}}}"));
            if names.any(|name| template.contains(&name)) {
                known.learn(segment);
                *segment = MARK;
            }
        }
        let mut out = segments.join("/");
        if let Some(query) = query {
            out.push('?');
            out.push_str(&self.pairs(query, &|name| is_among(name, &self.query), known));
        }
        known.scrub(&mut out);
        out
    }

    /// `application/x-www-form-urlencoded`, and any text that may be.
    pub(super) fn form(&self, form: &str, known: &mut KnownSecrets) -> String {
        let is_secret =
            |name: &str| is_among(name, &self.keys) || FORM_KEYS.contains(&&*plain(name));
        let mut out = self.pairs(form, &is_secret, known);
        known.scrub(&mut out);
        out
    }

    /// `a=1&b=2`, with the values of secret names redacted, and values of JSON that hold secrets.
    fn pairs(
        &self,
        pairs: &str,
        is_secret: &dyn Fn(&str) -> bool,
        known: &mut KnownSecrets,
    ) -> String {
        let pairs = pairs.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) if is_secret(&decoded(name)) => {
                known.learn(value);
                known.learn(&decoded(value));
                format!("{name}={MARK}")
            }
            Some((name, value)) if self.is_json_with_secrets(&decoded(value), known) => {
                format!("{name}={MARK}")
            }
            _ => pair.to_owned(),
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// A text with links in it, if one of them has a secret in its query.
    fn links(&self, text: &str, known: &mut KnownSecrets) -> Option<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('?') {
            let ends = |letter: char| letter.is_whitespace() || matches!(letter, '>' | '"' | '#');
            let (query, others) = after.split_at(after.find(ends).unwrap_or(after.len()));
            out.extend([
                before,
                "?",
                &self.pairs(query, &|name| is_among(name, &self.query), known),
            ]);
            rest = others;
        }
        out.push_str(rest);
        (out != text).then_some(out)
    }

    fn is_json_with_secrets(&self, text: &str, known: &mut KnownSecrets) -> bool {
        let text = text.trim();
        if !text.starts_with(['{', '[']) {
            return false;
        }
        let Some(mut json) = Json::parse(text.as_bytes()) else {
            // Cut off or misspelled, it may have names all the same.
            return text.contains('"');
        };
        let before = json.compact();
        self.json(&mut json, known);
        json.compact() != before
    }

    /// Headers by name, those of one name as one (RFC 9110, section 5.2). What callers give is marked as sensitive:
    /// only they know what it is.
    pub(super) fn headers(
        &self,
        headers: &HeaderMap,
        known: &mut KnownSecrets,
    ) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for name in headers.keys() {
            let is_named = self.headers.contains(name.as_str());
            let mut text = String::new();
            for value in headers.get_all(name) {
                let value = if is_named {
                    learn_header(name, value, known);
                    MARK.into()
                } else if value.is_sensitive() {
                    if !PLAIN_HEADERS.contains(name) {
                        learn_header(name, value, known);
                    }
                    MARK.into()
                } else {
                    String::from_utf8_lossy(value.as_bytes())
                };
                match text.as_str() {
                    "" => text.push_str(&value),
                    MARK => {}
                    _ => text = format!("{text}, {value}"),
                }
            }
            out.push((name.as_str().to_owned(), text));
        }
        for (_, value) in &mut out {
            if let Some(redacted) = self.links(value, known) {
                *value = redacted;
            }
        }
        out.sort();
        scrub_headers(&mut out, known);
        out
    }

    /// Every member of such a name, at any depth.
    pub(super) fn json(&self, json: &mut Json, known: &mut KnownSecrets) {
        match json {
            Json::Plain(_) => {}
            Json::Text(text) => {
                if self.is_json_with_secrets(text, known) {
                    *text = MARK.to_owned();
                } else if let Some(redacted) = self.links(text, known) {
                    *text = redacted;
                }
            }
            Json::List(list) => list
                .iter_mut()
                .for_each(|element| self.json(element, known)),
            Json::Object(members) => {
                for (key, value) in members {
                    if self.keys.contains(&plain(key)) {
                        redact_whole(value, known);
                    } else {
                        self.json(value, known);
                    }
                }
            }
        }
    }

    /// The answer of an operation that gives a secret and nothing else: all of it, or of its envelope the result.
    pub(super) fn secret_json(&self, json: &mut Json, known: &mut KnownSecrets) {
        let result = self.service.envelope.map(|envelope| envelope.result);
        match json {
            Json::Object(members)
                if members.iter().any(|(key, _)| Some(key.as_str()) == result) =>
            {
                for (key, value) in members {
                    if Some(key.as_str()) == result {
                        redact_whole(value, known);
                    }
                }
            }
            _ => redact_whole(json, known),
        }
    }
}

/// A text or a number is the secret. An object keeps its form, so that it is still read as what it is: its numbers become 0.
fn redact_whole(json: &mut Json, known: &mut KnownSecrets) {
    match json {
        Json::List(list) => list
            .iter_mut()
            .for_each(|element| redact_whole(element, known)),
        Json::Object(members) => members.iter_mut().for_each(|(_, value)| match value {
            Json::Plain(raw) if is_number(raw.get()) => {
                known.learn(raw.get());
                *value = Json::number(0);
            }
            Json::Plain(_) => {}
            value => redact_whole(value, known),
        }),
        Json::Text(text) => {
            known.learn(text);
            *json = Json::Text(MARK.to_owned());
        }
        Json::Plain(raw) => {
            known.learn(raw.get());
            if !json.is_null() {
                *json = Json::Text(MARK.to_owned());
            }
        }
    }
}

/// Whether a value that is neither text nor list nor object is a number (RFC 8259, section 6).
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// What other places of an exchange repeat.
pub(super) fn scrub_json(json: &mut Json, known: &KnownSecrets) {
    match json {
        Json::Plain(raw) => {
            if known.has(raw.get()) {
                *json = Json::number(0);
            }
        }
        Json::Text(text) => known.scrub(text),
        Json::List(list) => list
            .iter_mut()
            .for_each(|element| scrub_json(element, known)),
        Json::Object(members) => {
            for (key, value) in members {
                known.scrub(key);
                scrub_json(value, known);
            }
        }
    }
}

/// What other places of an exchange repeat.
pub(super) fn scrub_headers(headers: &mut [(String, String)], known: &KnownSecrets) {
    headers.iter_mut().for_each(|(_, value)| known.scrub(value));
}

/// A name however it is spelled: `client_secret`, `clientSecret`, `Client-Secret`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a name, or a part of one as in `user[password]`, is among these.
fn is_among(name: &str, names: &BTreeSet<String>) -> bool {
    let mut parts = name.split(['[', ']', '.']);
    names.contains(&plain(name)) || parts.any(|part| names.contains(&plain(part)))
}

/// As forms spell it, and queries of most services.
pub(super) fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// The value as a whole, and what is the secret in it: a token after its scheme, a password, cookies.
fn learn_header(name: &HeaderName, value: &HeaderValue, known: &mut KnownSecrets) {
    let Ok(value) = value.to_str() else {
        return;
    };
    known.learn(value);
    // After the first pair of `Set-Cookie` stands how long it is good, and where.
    let most = if name == header::SET_COOKIE {
        1
    } else {
        usize::MAX
    };
    for cookie in value.split(';').take(most) {
        let secret = cookie.split_once('=').map_or(cookie, |(_, secret)| secret);
        known.learn(secret.trim());
    }
    if let Some((scheme, secret)) = value.split_once(' ') {
        known.learn(secret);
        let engine = base64::engine::general_purpose::STANDARD;
        if let (true, Ok(pair)) = (scheme.eq_ignore_ascii_case("basic"), engine.decode(secret)) {
            let pair = String::from_utf8_lossy(&pair).into_owned();
            let (user, password) = pair.split_once(':').unwrap_or((&pair, ""));
            // Services that take a key in place of user and password have it there.
            known.learn(if password.is_empty() { user } else { password });
        }
    }
}
