//! Which way the values of a place travel, from the text alone.

use std::collections::HashMap;

use serde_json::Value;

/// In requests, in answers, in both or, where no operation reaches the place, in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Travels {
    pub(crate) request: bool,
    pub(crate) answer: bool,
}

impl Travels {
    const REQUEST: Self = Self {
        request: true,
        answer: false,
    };
    const ANSWER: Self = Self {
        request: false,
        answer: true,
    };

    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            answer: self.answer || other.answer,
        }
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn phrase(self) -> &'static str {
        match (self.request, self.answer) {
            (true, true) => "both",
            (true, false) => "requests",
            (false, true) => "answers",
            (false, false) => "none",
        }
    }

    /// Of what a path from the root leads to; none, where it doesn't lead through an operation.
    pub(crate) fn of_path(path: &[String]) -> Self {
        if path.first().is_none_or(|first| first != "paths") {
            return Self::default();
        }
        let mut keys = path.iter().skip(2);
        let travels = keys.find_map(|key| Self::under(key));
        travels.unwrap_or(Self::REQUEST)
    }

    /// Of what stands under a key of an operation.
    fn under(key: &str) -> Option<Self> {
        match key {
            "parameters" | "requestBody" => Some(Self::REQUEST),
            "responses" => Some(Self::ANSWER),
            _ => None,
        }
    }
}

/// By the pointer of a component.
pub(crate) struct Routes(HashMap<String, Travels>);

impl Routes {
    pub(crate) fn of(document: &Value) -> Self {
        let mut routes = Self(HashMap::new());
        for item in members(&document["paths"]).map(|(_, item)| item) {
            for (key, node) in members(item) {
                if let Some(travels) = Travels::under(key) {
                    routes.follow(document, node, travels);
                }
                for (key, node) in members(node) {
                    if let Some(travels) = Travels::under(key) {
                        routes.follow(document, node, travels);
                    }
                }
            }
        }
        routes
    }

    fn follow(&mut self, document: &Value, node: &Value, travels: Travels) {
        let mut nodes = vec![node];
        while let Some(node) = nodes.pop() {
            if let Some(target) = node["$ref"].as_str()
                && let Some(component) = component(target.trim_start_matches('#'))
            {
                let known = self.0.entry(component.to_owned()).or_default();
                let both = known.or(travels);
                if both != *known {
                    *known = both;
                    nodes.extend(document.pointer(component));
                }
            }
            match node {
                Value::Object(members) => nodes.extend(members.values()),
                Value::Array(items) => nodes.extend(items),
                _ => {}
            }
        }
    }

    pub(crate) fn of_place(&self, at: &str) -> Travels {
        if let Some(component) = component(at) {
            return self.0.get(component).copied().unwrap_or_default();
        }
        let mut keys = at.split('/').skip(3);
        let travels = keys.find_map(Travels::under);
        travels.unwrap_or(Travels::REQUEST)
    }
}

fn members(node: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = node.as_object().into_iter().flatten();
    members.map(|(key, value)| (key.as_str(), value))
}

/// `/components/<kind>/<name>` of a pointer that stands there or below.
pub(crate) fn component(at: &str) -> Option<&str> {
    at.strip_prefix("/components/")?;
    let end = at.match_indices('/').nth(3);
    let whole = at.matches('/').count() >= 3;
    whole.then(|| &at[..end.map_or(at.len(), |(index, _)| index)])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_component_travels_as_whoever_refers_to_it() {
        let document = json!({
            "paths": {"/a": {"get": {
                "parameters": [{"schema": {"$ref": "#/components/schemas/Sent"}}],
                "responses": {"200": {"$ref": "#/components/responses/Given"}},
            }}},
            "components": {
                "responses": {"Given": {"schema": {"$ref": "#/components/schemas/Inner"}}},
                "schemas": {"Sent": {}, "Inner": {"not": {"$ref": "#/components/schemas/Sent"}}, "Other": {}},
            },
        });
        let routes = Routes::of(&document);
        for (at, phrase) in [
            ("/components/schemas/Sent/type", "both"),
            ("/components/schemas/Inner", "answers"),
            ("/components/schemas/Other/properties/a", "none"),
            ("/paths/~1a/get/parameters/0/schema", "requests"),
            ("/paths/~1a/get/responses/200", "answers"),
        ] {
            assert_eq!(routes.of_place(at).phrase(), phrase, "{at}");
        }
    }
}
