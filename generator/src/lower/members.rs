//! The forms of a union as members: what each is called and which values lead to it.

use std::rc::Rc;

use super::Lowering;
use super::facts::{Facts, Form, Kind};
use super::schemas::Job;
use super::secrets::is_secret;
use super::tags::Tags;
use crate::api::{Member, Origin, Shape, TextFormat, Union};

/// Longer titles are sentences, not names.
const LONGEST_TITLE: usize = 40;

impl<'d> Lowering<'d> {
    /// A schema that has one of several forms.
    pub(super) fn union(&mut self, job: &Job<'d>, forms: &[Form<'d>]) -> Shape {
        let Tags { tag, of_form } = self.tags(&job.facts, forms);
        let mut members = Vec::with_capacity(forms.len());
        for (form, tags) in forms.iter().zip(of_form) {
            let name = self.member_name(form, &tags, forms);
            let secret = self.is_secret_form(job, form);
            let origin = Origin::Member(job.id, name.clone());
            members.push(Member {
                schema: self.union_form(form, origin, job.depth + 1),
                name,
                is_component: form.component().is_some(),
                tags,
                secret,
            });
        }
        Shape::Union(Union { members, tag })
    }

    /// A string is a secret here if it were one alone.
    fn is_secret_form(&self, job: &Job<'d>, form: &Form<'d>) -> bool {
        let write_only = job.facts.write_only || form.facts.write_only;
        match (&form.facts.kind, self.origin(job.id)) {
            (Kind::Text(format), Some(Origin::Property(_, name) | Origin::Parameter(_, name))) => {
                is_secret(name, format, write_only, &self.config.secrets)
            }
            (Kind::Text(format), _) => *format == TextFormat::Password,
            _ => false,
        }
    }

    fn member_name(&mut self, form: &Form<'d>, tags: &[String], forms: &[Form<'d>]) -> String {
        if let Some(component) = form.component() {
            return component.to_owned();
        }
        if let [tag] = tags
            && tag.chars().any(char::is_alphanumeric)
        {
            return tag.clone();
        }
        let title = form.facts.title.map(str::trim);
        match title.filter(|title| !title.is_empty() && title.len() <= LONGEST_TITLE) {
            Some(title) => title.to_owned(),
            None => self.kind_name(form, forms),
        }
    }

    fn kind_name(&mut self, form: &Form<'d>, forms: &[Form<'d>]) -> String {
        let is_only = |test: fn(&Kind<'_>) -> bool| {
            forms.iter().filter(|one| test(&one.facts.kind)).count() == 1
        };
        match &form.facts.kind {
            Kind::List(items) if !is_only(|kind| matches!(kind, Kind::List(_))) => {
                let items = self.facts_together(items, &form.facts.at);
                format!("{} list", element_name(&items))
            }
            Kind::Object(object) if object.properties.is_empty() => "map".to_owned(),
            Kind::Object(_) if !is_only(|kind| matches!(kind, Kind::Object(_))) => {
                own_key(form, forms).unwrap_or("object").to_owned()
            }
            kind => word(kind).to_owned(),
        }
    }
}

fn element_name(items: &Rc<Facts<'_>>) -> String {
    let component = items.alias.as_ref().and_then(|node| node.component);
    component
        .or(items.title.filter(|title| title.len() <= LONGEST_TITLE))
        .unwrap_or_else(|| word(&items.kind))
        .to_owned()
}

/// A key that no other form has, a required one before others.
fn own_key<'d>(form: &Form<'d>, forms: &[Form<'d>]) -> Option<&'d str> {
    let Kind::Object(object) = &form.facts.kind else {
        return None;
    };
    let is_own = |name: &&str| {
        let having = forms.iter().filter(|other| match &other.facts.kind {
            Kind::Object(other) => other.properties.contains_key(name),
            _ => false,
        });
        having.count() == 1
    };
    let is_required = |name: &&str| object.required.contains(name);
    let mut own = object.properties.keys().copied().filter(is_own);
    let first = own.clone().next();
    own.find(is_required).or(first)
}

fn word(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Any | Kind::Null => "value",
        Kind::Text(TextFormat::DateTime) => "timestamp",
        Kind::Text(TextFormat::Date) => "date",
        Kind::Text(TextFormat::Base64) => "bytes",
        Kind::Text(_) | Kind::Enumeration(_) => "text",
        Kind::Integer(_) => "integer",
        Kind::Number(_) => "number",
        Kind::Boolean => "boolean",
        Kind::List(_) => "list",
        Kind::Object(object) if object.properties.is_empty() => "map",
        Kind::Object(_) => "object",
        Kind::Union(_) => "choice",
    }
}
