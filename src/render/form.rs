//! Forms: the declared fields of `kompendium.yaml` as a template sees them.

use tera::Value;

use super::value::{list, map, optional, text};
use crate::config::{Form, SettingValue};
use crate::fields::{Field, FieldKind};
use crate::html::encode_component;
use crate::site::Site;

/// Makes `form`.
///
/// Without a service that takes the answers it becomes a prepared e-mail; as
/// long as the operator has no address either, one without a recipient.
pub fn view(site: &Site, form: &Form) -> Value {
    let submit = form.submit.as_deref().unwrap_or_else(|| site.theme.words.get("submit"));
    let email = form.email.and_then(|it| site.config.settings[it].value.as_ref());
    let (mode, action, enctype) = match &form.action {
        Some(action) => ("service", action.clone(), "application/x-www-form-urlencoded"),
        None => ("email", mail_address(email, &form.subject), "text/plain"),
    };
    map([
        ("name", text(&form.name.value)),
        ("submit", text(submit)),
        ("action", Value::from(action)),
        ("method", text("post")),
        ("enctype", text(enctype)),
        ("mode", text(mode)),
        ("fields", list(form.fields.iter().map(field))),
    ])
}

fn mail_address(email: Option<&SettingValue>, subject: &str) -> String {
    let recipient = match email {
        Some(SettingValue::Email(address)) => address.as_str(),
        _ => "",
    };
    format!("mailto:{recipient}?subject={}", encode_component(subject))
}

fn field(field: &Field) -> Value {
    let choices: &[crate::fields::Choice] = match &field.kind {
        FieldKind::Choice(choices) => choices,
        _ => &[],
    };
    map([
        ("name", text(&field.name.value)),
        ("label", text(&field.label)),
        ("type", text(field.kind.name())),
        ("input", text(input(&field.kind))),
        ("required", Value::from(field.required)),
        ("help", optional(field.help.as_deref())),
        ("autocomplete", optional(field.autocomplete.as_deref())),
        (
            "choices",
            list(choices.iter().map(|it| map([("value", text(&it.value)), ("label", text(&it.label))]))),
        ),
    ])
}

/// Returns the type of the element `input`, or the element itself.
fn input(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Markdown => "textarea",
        FieldKind::Choice(_) => "select",
        FieldKind::Integer | FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Time => "time",
        FieldKind::Url => "url",
        FieldKind::Email => "email",
        FieldKind::Phone => "tel",
        _ => "text",
    }
}
