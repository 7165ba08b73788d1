//! Links to other pages: the header that holds them (RFC 8288), and where they may lead.

use http::{HeaderMap, header};
use url::Url;

use super::base_url::BaseUrl;
use super::text::{find_any, same_caseless, split_once};

/// What the `Link` headers of an answer say of the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum NextLink {
    /// There are no links to other pages.
    #[default]
    Unsaid,
    /// It is here.
    At(String),
    /// There are links to the pages beside this one, and none of them is to a next one.
    None,
    /// There are links to the first or the last page alone.
    Ends,
}

impl NextLink {
    /// The first link with the relation `next`.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut found = Self::Unsaid;
        for value in headers.get_all(header::LINK) {
            // Targets and titles may be UTF-8, which `to_str` doesn't take.
            let Ok(mut rest) = std::str::from_utf8(value.as_bytes()) else {
                continue;
            };
            while let Some((link, after)) = Link::parse(rest) {
                rest = after;
                if link.is("next") {
                    return Self::At(link.target.to_owned());
                }
                if link.is("prev") || link.is("previous") {
                    found = Self::None;
                } else if found == Self::Unsaid && (link.is("first") || link.is("last")) {
                    found = Self::Ends;
                }
            }
        }
        found
    }
}

/// One link of a header.
struct Link<'h> {
    target: &'h str,
    relation: String,
    /// Whether it is a link of something else than this answer.
    is_anchored: bool,
}

impl<'h> Link<'h> {
    /// The first link of a header's text, and what follows it.
    fn parse(text: &'h str) -> Option<(Self, &'h str)> {
        let (_, text) = split_once(text, b"<")?;
        let (target, mut rest) = split_once(text, b">")?;
        let mut link = Self {
            target: target.trim(),
            relation: String::new(),
            is_anchored: false,
        };
        loop {
            rest = rest.trim_start();
            let Some(after) = rest.strip_prefix(";") else {
                return Some((link, rest));
            };
            let end = find_any(after, b"=;,").unwrap_or(after.len());
            let name = after.get(..end).unwrap_or_default().trim();
            rest = after.get(end..).unwrap_or_default();
            if let Some(text) = rest.strip_prefix("=") {
                let (value, after) = parameter_value(text.trim_start());
                rest = after;
                link.parameter(name, value);
            }
        }
    }

    fn parameter(&mut self, name: &str, value: String) {
        // Only the first `rel` counts (RFC 8288, section 3.3).
        if same_caseless(name, "rel") && self.relation.is_empty() {
            self.relation = value;
        } else if same_caseless(name, "anchor") {
            self.is_anchored = true;
        }
    }

    fn is(&self, relation: &str) -> bool {
        let mut relations = self.relation.split_ascii_whitespace();
        !self.is_anchored && relations.any(|own| same_caseless(own, relation))
    }
}

/// A token or a quoted string (RFC 9110, section 5.6), and what follows it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix("\"") else {
        let end = find_any(text, b";,").unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.trim_end().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// The absolute URL of a link in what came from an URL (RFC 8288, section 3.1); `None`: it is no URL.
pub(crate) fn absolute(from: &str, link: &str) -> Option<String> {
    let target = Url::parse(from).ok()?.join(link).ok()?;
    Some(target.into())
}

/// The path, and the query, of a link in the answer of a call to `path`.
///
/// Credentials go along, so only to the origin of the call (RFC 6454). The error never repeats the link.
pub(crate) fn target(
    base_url: &BaseUrl,
    path: &str,
    link: &str,
) -> Result<(String, String), String> {
    let unfit = || "the link to the next page is no URL".to_owned();
    let own = Url::parse(&format!("{base_url}{path}")).map_err(|_| unfit())?;
    let target = own.join(link).map_err(|_| unfit())?;
    let has_user = !target.username().is_empty() || target.password().is_some();
    if target.origin() != own.origin() || has_user {
        return Err(format!(
            "the link to the next page leads away from {}, where credentials don't go",
            base_url.origin()
        ));
    }
    let query = target.query().unwrap_or_default();
    Ok((target.path().to_owned(), query.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(values: &[&str]) -> NextLink {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = http::HeaderValue::from_bytes(value.as_bytes()).expect("a header");
            headers.append(header::LINK, value);
        }
        NextLink::of(&headers)
    }

    #[test]
    fn the_next_page_is_the_link_with_that_relation() {
        let at = |url: &str| NextLink::At(url.to_owned());
        assert_eq!(
            next(&[r#"<https://a.example/x?page=2>; rel="next""#]),
            at("https://a.example/x?page=2")
        );
        assert_eq!(
            next(&[r#"</x?a=1,2>; rel=prev, </x?a=3;4>; title="a, \"b\"; c"; rel=Next"#]),
            at("/x?a=3;4")
        );
        assert_eq!(
            next(&["<a>; rel=prev", r#"<b> ; REL = "last next""#]),
            at("b")
        );
        assert_eq!(
            next(&["<x?q=Käse>; rel=next; title=Überblick"]),
            at("x?q=Käse")
        );
    }

    #[test]
    fn other_links_are_no_next_page() {
        assert_eq!(next(&[]), NextLink::Unsaid);
        for value in [
            "nonsense",
            "<a>",
            "<a>; rel=deprecation",
            "<a>; rel=next; anchor=\"/other\"",
            "<a>; rel=nextish",
            "<a>; rev=next",
        ] {
            assert_eq!(next(&[value]), NextLink::Unsaid, "{value}");
        }
        for value in [
            "<a>; rel=prev",
            "<a>; rel=a, <b>; rel=prev",
            "<a>; rel=first, <b>; rel=previous, <c>; rel=last",
        ] {
            assert_eq!(next(&[value]), NextLink::None, "{value}");
        }
        for value in ["<a>; rel=first; rel=next", "<a>; rel=\"last"] {
            assert_eq!(next(&[value]), NextLink::Ends, "{value}");
        }
    }

    #[test]
    fn links_lead_to_the_same_origin_alone() {
        let base_url = BaseUrl::parse("https://a.example/v1").expect("a base URL");
        let target = |link| target(&base_url, "/things", link);
        let things = |query: &str| Ok(("/v1/things".to_owned(), query.to_owned()));
        assert_eq!(target("?page=2"), things("page=2"));
        assert_eq!(target("/v1/things?page=2#x"), things("page=2"));
        assert_eq!(
            target("https://A.example:443/v1/things?a=%2F"),
            things("a=%2F")
        );
        for link in [
            "http://a.example/v1/things",
            "https://b.example/v1/things",
            "//b.example/v1/things",
            "https://a.example:444/v1/things",
            "https://a.example.b.example/",
            "https://a.example@b.example/",
            "https://user:password@a.example/",
            "data:text/plain,x",
            "\\\\b.example/x",
        ] {
            let error = target(link).expect_err(link);
            assert!(
                error.contains("leads away from https://a.example"),
                "{link}: {error}"
            );
        }
    }
}
