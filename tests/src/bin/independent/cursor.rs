//! Where one is on the way through a document, references followed.

use serde_json::Value;

/// No chain of references is longer.
const LONGEST: usize = 50;

#[derive(Clone)]
pub(crate) enum Node<'d> {
    One(&'d Value),
    /// The elements of a list, each with its place.
    List(Vec<(String, &'d Value)>),
    /// The properties that the parts of a schema have, each with its place.
    Properties(Vec<(String, &'d Value)>),
    /// A schema that the tool takes for the only form of a union.
    OnlyForm(&'d Value),
    Lost,
}

/// On its way through a document.
#[derive(Clone)]
pub(crate) struct Cursor<'d> {
    root: &'d Value,
    pub(crate) at: String,
    pub(crate) node: Node<'d>,
    /// The schema whose forms were entered last.
    union: Option<(String, &'d Value)>,
}

impl<'d> Cursor<'d> {
    pub(crate) fn at_root(root: &'d Value) -> Self {
        Self {
            root,
            at: String::new(),
            node: Node::One(root),
            union: None,
        }
    }

    /// Follows the reference that stands here.
    fn resolve(&mut self) {
        for _ in 0..LONGEST {
            let Node::One(node) = self.node else { return };
            let Some(target) = node.get("$ref").and_then(Value::as_str) else {
                return;
            };
            target.trim_start_matches('#').clone_into(&mut self.at);
            self.node = self.root.pointer(&self.at).map_or(Node::Lost, Node::One);
        }
    }

    /// The place of a member, whether it is there or not.
    pub(crate) fn child(&self, key: &str) -> Option<String> {
        let mut here = self.clone();
        here.resolve();
        match here.node {
            Node::One(node) if node.is_object() => {
                let holder = here.holder(key).unwrap_or(here);
                Some(below(&holder.at, key))
            }
            Node::List(items) => {
                let index: usize = key.parse().ok()?;
                items.get(index).map(|(at, _)| at.clone())
            }
            Node::Properties(parts) => {
                let part = parts.iter().find(|(_, part)| part.get(key).is_some());
                let (at, _) = part.or(parts.first())?;
                Some(below(at, key))
            }
            Node::OnlyForm(_) => Some(here.at),
            Node::One(_) | Node::Lost => None,
        }
    }

    pub(crate) fn enter(&mut self, key: &str) {
        self.resolve();
        let node = std::mem::replace(&mut self.node, Node::Lost);
        match node {
            Node::List(items) => {
                let index = key.parse::<usize>().ok();
                if let Some((at, item)) = index.and_then(|index| items.get(index)) {
                    self.at.clone_from(at);
                    self.node = Node::One(item);
                }
            }
            Node::Properties(parts) => {
                let found = parts
                    .iter()
                    .find_map(|(at, part)| Some((at, part.get(key)?)));
                if let Some((at, property)) = found {
                    self.at = below(at, key);
                    self.node = Node::One(property);
                }
            }
            Node::OnlyForm(schema) => self.node = Node::One(schema),
            Node::One(node) => {
                self.node = Node::One(node);
                self.enter_member(node, key);
            }
            Node::Lost => {}
        }
    }

    fn enter_member(&mut self, node: &'d Value, key: &str) {
        if key == "parameters" && self.is_operation() {
            self.node = Node::List(self.parameters(node));
            self.at = below(&self.at, key);
            return;
        }
        if key == "properties" {
            let holders = self.holders(key).into_iter();
            let parts = holders.filter_map(|holder| match holder.node {
                Node::One(part) => Some((below(&holder.at, key), part.get(key)?)),
                _ => None,
            });
            self.node = Node::Properties(parts.collect());
            self.union = None;
            return;
        }
        if key == "allOf" {
            self.node = Node::List(self.parts(node));
            return;
        }
        let other = match key {
            "oneOf" => "anyOf",
            "anyOf" => "oneOf",
            other => other,
        };
        let holder = self.holder(key).map(|holder| (holder, key));
        let holder = holder.or_else(|| Some((self.holder(other)?, other)));
        match holder {
            Some((holder, key)) => {
                let union = says_more(node, key).then(|| (self.at.clone(), node));
                *self = holder.member(key);
                self.union = union;
            }
            None if key != other => self.node = Node::OnlyForm(node),
            None => self.node = Node::Lost,
        }
    }

    /// This node where it has a member, else the first part of its `allOf` that has it.
    fn holder(&self, key: &str) -> Option<Self> {
        self.holders(key).into_iter().next()
    }

    /// This node and every part of its `allOf` that have a member.
    fn holders(&self, key: &str) -> Vec<Self> {
        let Node::One(node) = self.node else {
            return Vec::new();
        };
        let own = node.get(key).map(|_| self.clone());
        let parts = node.get("allOf").and_then(Value::as_array);
        let parts = parts.into_iter().flatten().enumerate();
        let of_parts = parts.flat_map(|(index, part)| {
            let mut part = Self {
                root: self.root,
                at: format!("{}/allOf/{index}", self.at),
                node: Node::One(part),
                union: None,
            };
            part.resolve();
            part.holders(key)
        });
        own.into_iter().chain(of_parts).collect()
    }

    fn member(self, key: &str) -> Self {
        let Node::One(node) = self.node else {
            return self;
        };
        let at = below(&self.at, key);
        let node = match node.get(key) {
            Some(Value::Array(items)) => Node::List(listed(&at, items)),
            Some(member) => Node::One(member),
            None => Node::Lost,
        };
        Self { at, node, ..self }
    }

    /// The parts of a schema as the tool sees them. Where a union says something beside its forms, a form is
    /// the first part of itself and the union the second. Else they are those of its `allOf`, then the schema
    /// itself for what it says beside.
    fn parts(&mut self, schema: &'d Value) -> Vec<(String, &'d Value)> {
        let here = (self.at.clone(), schema);
        if let Some(union) = self.union.take() {
            return vec![here, union];
        }
        let parts = schema.get("allOf").and_then(Value::as_array);
        let parts = parts.map(|parts| listed(&format!("{}/allOf", self.at), parts));
        parts.into_iter().flatten().chain([here]).collect()
    }

    fn is_operation(&self) -> bool {
        self.at.starts_with("/paths/") && self.at.matches('/').count() == 3
    }

    /// Of an operation and, after them, of its path.
    fn parameters(&self, operation: &'d Value) -> Vec<(String, &'d Value)> {
        let path = self.at.rsplit_once('/').map_or("", |(path, _)| path);
        let holders = [
            (self.at.as_str(), Some(operation)),
            (path, self.root.pointer(path)),
        ];
        let lists = holders.into_iter().filter_map(|(at, holder)| {
            let list = holder?.get("parameters")?.as_array()?;
            Some(listed(&below(at, "parameters"), list))
        });
        lists.flatten().collect()
    }
}

/// Whether a schema is a union that says something beside its forms.
fn says_more(schema: &Value, key: &str) -> bool {
    let beside = [
        "oneOf",
        "anyOf",
        "discriminator",
        "definitions",
        "$defs",
        "$id",
        "$schema",
    ];
    let mut keys = schema.as_object().into_iter().flatten().map(|(key, _)| key);
    matches!(key, "oneOf" | "anyOf") && keys.any(|key| !beside.contains(&key.as_str()))
}

fn listed<'d>(at: &str, items: &'d [Value]) -> Vec<(String, &'d Value)> {
    let items = items.iter().enumerate();
    items
        .map(|(index, item)| (format!("{at}/{index}"), item))
        .collect()
}

pub(crate) fn below(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A node, its references followed.
pub(crate) fn resolved<'d>(root: &'d Value, node: &'d Value) -> &'d Value {
    let mut cursor = Cursor {
        root,
        at: String::new(),
        node: Node::One(node),
        union: None,
    };
    cursor.resolve();
    match cursor.node {
        Node::One(node) => node,
        _ => node,
    }
}
