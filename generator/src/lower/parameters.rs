//! Parameters: those of the path item and of the operation, and what the path template says.

use indexmap::{IndexMap, IndexSet};
use openapiv3::{Parameter as Declared, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::Lowering;
use super::facts::Kind;
use super::media_types;
use super::operations::Found;
use super::references::Place;
use super::secrets::is_secret;
use crate::api::{Location, Origin, Parameter, Style, TextFormat};
use crate::diagnostic::Code;
use crate::media_type::essence;
use crate::pointer::Pointer;

/// The declared parameters by place and name, each once.
type Declarations<'d> = IndexMap<(Location, &'d str), (&'d Declared, Pointer)>;

impl<'d> Lowering<'d> {
    /// Path parameters in template order, then the others in document order.
    pub(super) fn parameters(&mut self, found: &Found<'d>, index: usize) -> Vec<Parameter> {
        let mut declared = Declarations::new();
        let of_path = found.path_item_at.child("parameters");
        self.declare(&found.path_item.parameters, &of_path, &mut declared);
        let own = found.at.child("parameters");
        self.declare(&found.operation.parameters, &own, &mut declared);

        let mut parameters = Vec::with_capacity(declared.len());
        for name in template_names(found.path) {
            let parameter = match declared.shift_remove(&(Location::Path, name)) {
                Some((declaration, at)) => self.parameter(declaration, at, index),
                None => self.undeclared(name, found, index),
            };
            parameters.push(parameter);
        }
        for ((location, name), (declaration, at)) in declared {
            if location == Location::Path {
                self.not_in_template(name, found.path, &at);
            } else if !(location == Location::Header && is_ignored_header(name)) {
                parameters.push(self.parameter(declaration, at, index));
            }
        }
        parameters
    }

    /// Adds declarations; a later one of the same place and name takes the earlier one's.
    fn declare(
        &mut self,
        items: &'d [ReferenceOr<Declared>],
        at: &Pointer,
        declared: &mut Declarations<'d>,
    ) {
        for (index, item) in items.iter().enumerate() {
            if let Some((parameter, at)) = self.resolve_parameter(item, at.index(index)) {
                let name = parameter.parameter_data_ref().name.as_str();
                declared.insert((location(parameter), name), (parameter, at));
            }
        }
    }

    fn parameter(&mut self, declared: &'d Declared, at: Pointer, index: usize) -> Parameter {
        let data = declared.parameter_data_ref();
        let location = location(declared);
        let (places, as_json) = self.value(data, &at);
        let origin = Origin::Parameter(index, data.name.clone());
        let value = self.schema(&places, origin, &at);
        let style = if as_json {
            Style::Json
        } else {
            self.style(declared, &value.facts, &at)
        };
        let secret = match &value.facts.kind {
            Kind::Text(format) => is_secret(
                &data.name,
                format,
                value.facts.write_only,
                &self.config.secrets,
            ),
            _ => false,
        };
        let telling = is_secret(
            &data.name,
            &TextFormat::Plain,
            value.facts.write_only,
            &self.config.secrets,
        );
        Parameter {
            name: data.name.clone(),
            location,
            required: data.required || location == Location::Path,
            schema: value.id,
            style,
            allow_reserved: allows_reserved(declared),
            secret,
            telling,
            description: data
                .description
                .clone()
                .or_else(|| value.facts.description.map(str::to_owned)),
            deprecated: data.deprecated.unwrap_or(value.facts.deprecated),
            at,
        }
    }

    /// Where a parameter's schema stands, and whether its value travels as a JSON text.
    fn value(&mut self, data: &'d ParameterData, at: &Pointer) -> (Vec<Place<'d>>, bool) {
        let content = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                return (vec![Place::new(schema, at.child("schema"))], false);
            }
            ParameterSchemaOrContent::Content(content) => content,
        };
        let Some((name, media_type)) = content.first() else {
            return (Vec::new(), false);
        };
        let kind = self
            .entry(name, media_type, at.child("content").child(name))
            .kind;
        let is_text = kind == media_types::Kind::Text;
        if !kind.is_json() && !is_text {
            self.report(
                Code::UnsupportedParameterStyle,
                at,
                format!(
                    "the parameter `{}` is spelled as `{}`",
                    data.name,
                    essence(name)
                ),
                "it is spelled as JSON",
            );
        }
        let at = at.child("content").child(name).child("schema");
        let places = media_type
            .schema
            .iter()
            .map(|schema| Place::new(schema, at.clone()))
            .collect();
        (places, !is_text)
    }

    /// `{name}` in the path that nothing declares.
    fn undeclared(&mut self, name: &str, found: &Found<'d>, index: usize) -> Parameter {
        self.report(
            Code::PathParameterMismatch,
            &found.at,
            format!(
                "the path `{}` has `{{{name}}}`, which isn't declared",
                found.path
            ),
            "it is taken for a required string",
        );
        let origin = Origin::Parameter(index, name.to_owned());
        Parameter {
            name: name.to_owned(),
            location: Location::Path,
            required: true,
            schema: self.plain_text(origin, &found.at),
            style: Style::Simple,
            allow_reserved: false,
            secret: is_secret(name, &TextFormat::Plain, false, &self.config.secrets),
            telling: false,
            description: None,
            deprecated: false,
            at: found.at.clone(),
        }
    }

    fn not_in_template(&mut self, name: &str, path: &str, at: &Pointer) {
        self.report(
            Code::PathParameterMismatch,
            at,
            format!("the path parameter `{name}` isn't in the path `{path}`"),
            "it is left out",
        );
    }
}

/// The names between braces, each once, in order.
fn template_names(path: &str) -> IndexSet<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && !name.contains('/'))
        .collect()
}

fn location(parameter: &Declared) -> Location {
    match parameter {
        Declared::Path { .. } => Location::Path,
        Declared::Query { .. } => Location::Query,
        Declared::Header { .. } => Location::Header,
        Declared::Cookie { .. } => Location::Cookie,
    }
}

/// `allowReserved`, which is for a value with a style.
fn allows_reserved(parameter: &Declared) -> bool {
    let format = &parameter.parameter_data_ref().format;
    match parameter {
        Declared::Query { allow_reserved, .. } => {
            *allow_reserved && matches!(format, ParameterSchemaOrContent::Schema(_))
        }
        _ => false,
    }
}

/// OpenAPI 3.0.3, Parameter Object: what these say is said elsewhere in the operation.
fn is_ignored_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_names_are_what_stands_between_braces() {
        let names = |path| template_names(path).into_iter().collect::<Vec<_>>();
        assert_eq!(names("/a/{b}/{c}.{d}/{b}"), ["b", "c", "d"]);
        assert_eq!(names("/a/{unclosed"), Vec::<&str>::new());
        assert_eq!(names("/a/{}/{x/y}"), Vec::<&str>::new());
    }
}
