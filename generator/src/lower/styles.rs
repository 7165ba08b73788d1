//! `style` and `explode`: how a parameter's value is spelled (OpenAPI 3.0.3, Style Values).

use openapiv3::{Parameter, ParameterData, PathStyle, QueryStyle};

use super::Lowering;
use super::facts::{Facts, Kind};
use super::references::Place;
use crate::api::Style;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The parts of a value that decide whether a style can spell it.
///
/// In order: a union has the most that one of its forms has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// Nothing says it: it is taken for a scalar.
    Unknown,
    /// A string, a number or a boolean.
    Scalar,
    /// An array.
    List,
    /// An object or map.
    Object,
}

impl<'d> Lowering<'d> {
    /// The style of a parameter that has a schema.
    pub(super) fn style(
        &mut self,
        parameter: &Parameter,
        facts: &Facts<'d>,
        at: &Pointer,
    ) -> Style {
        let data = parameter.parameter_data_ref();
        let form = form(&facts.kind);
        if self.is_nested(&facts.kind) {
            self.unsupported_style(
                data,
                at,
                "has lists or objects inside a list or object, which no style spells",
                "the inner ones are spelled as the service may not expect",
            );
        }
        match parameter {
            Parameter::Path { style, .. } => path_style(style, data, form),
            Parameter::Query { style, .. } => self.query_style(style, data, form, at),
            Parameter::Header { .. } => simple(data, form),
            Parameter::Cookie { .. } => {
                if form > Form::Scalar && data.explode != Some(false) {
                    self.unsupported_style(
                        data,
                        at,
                        "spreads a list or object over several cookies",
                        "the values are put into one cookie, separated by commas",
                    );
                }
                Style::Form
            }
        }
    }

    fn query_style(
        &mut self,
        style: &QueryStyle,
        data: &ParameterData,
        form: Form,
        at: &Pointer,
    ) -> Style {
        if let Some((what, help)) = undefined(style, data.explode, form) {
            let what = format!(
                "uses style `{}` {what}, which OpenAPI doesn't define",
                name(style)
            );
            self.unsupported_style(data, at, &what, help);
        }
        // `explode` is `true` by default for `form`, `false` for all others.
        match (style, data.explode) {
            (QueryStyle::Form, Some(false)) => Style::Form,
            (QueryStyle::Form, _)
            | (QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited, Some(true)) => {
                Style::FormExploded
            }
            (QueryStyle::SpaceDelimited, _) => Style::SpaceDelimited,
            (QueryStyle::PipeDelimited, _) => Style::PipeDelimited,
            (QueryStyle::DeepObject, _) => match form {
                Form::Object => Style::DeepObject,
                Form::Scalar | Form::Unknown | Form::List => Style::FormExploded,
            },
        }
    }

    fn is_nested(&mut self, kind: &Kind<'d>) -> bool {
        match kind {
            Kind::List(items) => self.is_composite(items),
            Kind::Object(object) => object
                .properties
                .values()
                .any(|places| self.is_composite(places)),
            Kind::Union(forms) => forms.iter().any(|form| self.is_nested(&form.facts.kind)),
            _ => false,
        }
    }

    fn is_composite(&mut self, places: &[Place<'d>]) -> bool {
        let at = places
            .last()
            .map_or_else(Pointer::root, |place| place.at.clone());
        form(&self.facts_together(places, &at).kind) > Form::Scalar
    }

    fn unsupported_style(&mut self, data: &ParameterData, at: &Pointer, what: &str, help: &str) {
        let message = format!("the parameter `{}` {what}", data.name);
        self.report(Code::UnsupportedParameterStyle, at, message, help);
    }
}

/// `explode` is `false` by default.
fn path_style(style: &PathStyle, data: &ParameterData, form: Form) -> Style {
    let explodes = data.explode == Some(true);
    match style {
        PathStyle::Simple => simple(data, form),
        PathStyle::Label if explodes => Style::LabelExploded,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix if explodes => Style::MatrixExploded,
        PathStyle::Matrix => Style::Matrix,
    }
}

/// `explode` makes a difference to `simple` only for objects: `k=v` in place of `k,v`.
fn simple(data: &ParameterData, form: Form) -> Style {
    if form == Form::Object && data.explode == Some(true) {
        Style::SimpleExploded
    } else {
        Style::Simple
    }
}

fn form(kind: &Kind<'_>) -> Form {
    match kind {
        Kind::List(_) => Form::List,
        Kind::Object(_) => Form::Object,
        Kind::Union(forms) => {
            let forms = forms.iter().map(|one| form(&one.facts.kind));
            forms.max().unwrap_or(Form::Unknown)
        }
        Kind::Any | Kind::Null => Form::Unknown,
        _ => Form::Scalar,
    }
}

/// What is "n/a" under "Style Examples" of OpenAPI 3.1.1, and what is done instead. `deepObject` is the
/// same with and without `explode`, whose default it is that isn't defined.
fn undefined(
    style: &QueryStyle,
    explode: Option<bool>,
    form: Form,
) -> Option<(&'static str, &'static str)> {
    const EXPLODED: &str = "`form` with `explode` is used instead";
    match (style, form) {
        (QueryStyle::Form, _) | (_, Form::Unknown) => None,
        (_, Form::Scalar) => Some(("for a single value", "`form` is used instead")),
        (QueryStyle::DeepObject, Form::List) => Some(("for a list", EXPLODED)),
        (QueryStyle::DeepObject, Form::Object) => None,
        (_, Form::List | Form::Object) if explode == Some(true) => {
            Some(("with `explode`", EXPLODED))
        }
        (_, Form::List | Form::Object) => None,
    }
}

/// As the document spells it.
fn name(style: &QueryStyle) -> &'static str {
    match style {
        QueryStyle::Form => "form",
        QueryStyle::SpaceDelimited => "spaceDelimited",
        QueryStyle::PipeDelimited => "pipeDelimited",
        QueryStyle::DeepObject => "deepObject",
    }
}
