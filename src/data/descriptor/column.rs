//! Columns as the Table Schema describes them, with our own properties.

use super::{
    STATISTICS, check_keys, choice, choices, each_once, own_properties, required, required_string, string,
    undecided, value,
};
use crate::data::class::{self, Class, Seam};
use crate::data::number::{self, NumberFormat, UnitSign};
use crate::data::{
    Answer, Bound, Category, Column, Comparable, Constraints, Content, Direction, Form, MissingKind,
    MissingSign, Origin, Part, Scale, Source,
};
use crate::diag::{Diagnostic, Diagnostics, Lang, Text, did_you_mean, text};
use crate::pattern::Pattern;
use crate::slug::slug;
use crate::source::Spanned;
use crate::yaml::{Entry, Kind, Node, typed};

/// Reads the columns of a schema; `null` is a text of the dialect that stands for no value, which
/// is said in the language of the site.
pub fn columns(schema: &Node, null: Option<&str>, lang: Lang, diags: &mut Diagnostics) -> Vec<Column> {
    let missing = match schema.get("missingValues") {
        Some(list) => MissingValues::Given(list),
        None => MissingValues::Default,
    };
    let Some(fields) = required(schema, "fields", diags) else {
        return Vec::new();
    };
    let columns: Vec<_> = typed::list(fields, diags)
        .iter()
        .filter_map(|node| column(node, missing, null, lang, diags))
        .collect();
    each_once(columns.iter().map(|it| &it.name), "duplicate-column", diags);
    let ids: Vec<_> = columns.iter().map(|it| Spanned::new(it.id.clone(), it.name.span)).collect();
    each_once(ids.iter(), "duplicate-id", diags);
    columns
}

/// The list that holds for all columns without an own one.
#[derive(Clone, Copy)]
enum MissingValues<'a> {
    Given(&'a Node),
    /// The standard's: an empty cell.
    Default,
}

const OWN_KEYS: [&str; 16] = [
    "id",
    "short",
    "group",
    "unit",
    "decimals",
    "direction",
    "scale",
    "date",
    "source",
    "note",
    "inferred",
    "statistics",
    "comparable",
    "checked",
    "zero",
    "todo",
];

fn column(
    node: &Node,
    missing: MissingValues,
    null: Option<&str>,
    lang: Lang,
    diags: &mut Diagnostics,
) -> Option<Column> {
    let own = own_properties(node, &OWN_KEYS, diags);
    undecided(own, diags);
    let unit = value(own, "unit", diags);
    let scale = choice(own, "scale", &SCALES, diags);
    let content = content(node, unit.as_deref(), scale, diags);
    let name = required_string(node, "name", diags)?;
    let label = value(node, "title", diags).unwrap_or_else(|| name.value.clone());
    let content = content?;
    Some(Column {
        id: value(own, "id", diags).unwrap_or_else(|| slug(&name.value)),
        short: value(own, "short", diags).unwrap_or_else(|| label.clone()),
        label,
        definition: value(node, "description", diags),
        group: value(own, "group", diags),
        unit,
        decimals: decimals(own, diags),
        direction: choice(own, "direction", &DIRECTIONS, diags).unwrap_or_default(),
        scale: scale.unwrap_or_else(|| default_scale(&content)),
        date: value(own, "date", diags),
        source: source(own, diags),
        note: value(own, "note", diags),
        inferred: choices(own, "inferred", &PARTS, diags),
        statistics: choices(own, "statistics", &STATISTICS, diags),
        comparable: comparable(own, diags),
        answers: own.get("checked").map_or_else(Vec::new, |it| answers(it, diags)),
        missing: missing_signs(
            node.get("missingValues").map_or(missing, MissingValues::Given),
            null,
            lang,
            diags,
        ),
        zero: own.get("zero").map_or_else(Vec::new, |it| zero(it, diags)),
        position: None,
        origin: Origin::Delivered,
        constraints: constraints(node, diags),
        content,
        name,
    })
}

fn zero(node: &Node, diags: &mut Diagnostics) -> Vec<String> {
    typed::strings(node, diags).into_iter().map(|it| it.value).collect()
}

fn default_scale(content: &Content) -> Scale {
    match content {
        Content::Text(_) => Scale::Key,
        Content::Integer(_) | Content::Number(_) => Scale::Absolute,
        Content::Categories { list, .. } if list.iter().all(|it| it.is_code()) => Scale::Code,
        Content::Categories { .. } => Scale::Category,
    }
}

/// The types of the standard whose values are texts, and what form they have to have.
const TEXT_TYPES: [(&str, Form); 6] = [
    ("string", Form::Any),
    ("any", Form::Any),
    ("year", Form::Year),
    ("yearmonth", Form::YearMonth),
    ("time", Form::Time),
    ("datetime", Form::DateTime),
];

/// The types of the standard that are read as text, unchecked.
const UNCHECKED_TYPES: [&str; 6] = ["object", "array", "list", "duration", "geopoint", "geojson"];

/// Reads what the cells of a column hold.
///
/// `unsupported-type`: a column is of a type of the standard.
/// `unchecked-type`: its type is one whose values are checked.
fn content(
    field: &Node,
    unit: Option<&str>,
    scale: Option<Scale>,
    diags: &mut Diagnostics,
) -> Option<Content> {
    let kind = string(field, "type", diags);
    let name = kind.as_ref().map_or("string", |it| it.value.as_str());
    if let ("string" | "integer" | "number", Some(list)) = (name, categories(field, diags)) {
        let ordered = field.get("categoriesOrdered").and_then(|it| typed::boolean(it, diags));
        return Some(Content::Categories {
            list: with_classes(list, scale, diags),
            ordered: ordered.unwrap_or(false),
        });
    }
    match name {
        "boolean" => Some(booleans(field, diags)),
        "integer" => Some(Content::Integer(number_format(field, unit, diags))),
        "number" => Some(Content::Number(number_format(field, unit, diags))),
        "date" => Some(Content::Text(date_form(field, diags))),
        _ => match TEXT_TYPES.iter().find(|(it, _)| *it == name) {
            Some(&(_, form)) => Some(Content::Text(form)),
            None => other_type(&kind.expect("without a type it is a text"), diags),
        },
    }
}

fn other_type(kind: &Spanned<String>, diags: &mut Diagnostics) -> Option<Content> {
    let name = &kind.value;
    if UNCHECKED_TYPES.contains(&name.as_str()) {
        let message = text(
            format!("Werte vom Typ „{name}“ werden als Text gelesen und nicht geprüft."),
            format!("values of type `{name}` are read as text and not checked"),
        );
        diags.push(Diagnostic::warning("unchecked-type", kind.span, message));
        return Some(Content::Text(Form::Any));
    }
    let message = text(format!("Einen Typ „{name}“ gibt es nicht."), format!("there is no type `{name}`"));
    let names = ["string", "integer", "number", "boolean", "date", "year", "yearmonth", "time", "datetime"];
    let help = did_you_mean(name, names).unwrap_or_else(|| {
        text(format!("Erlaubt: {}", names.join(", ")), format!("allowed: {}", names.join(", ")))
    });
    diags.push(Diagnostic::error("unsupported-type", kind.span, message).help(help));
    None
}

/// `unsupported-type`: days are written as `2025-12-31` or `31.12.2025`.
fn date_form(field: &Node, diags: &mut Diagnostics) -> Form {
    match string(field, "format", diags) {
        None => Form::Date,
        Some(it) if matches!(it.value.as_str(), "default" | "%Y-%m-%d") => Form::Date,
        Some(it) if it.value == "%d.%m.%Y" => Form::GermanDate,
        Some(it) => {
            let message = text(
                format!("Das Format „{}“ für Tage wird nicht gelesen.", it.value),
                format!("the format `{}` of days is not read", it.value),
            );
            let help = text("Erlaubt: default, %d.%m.%Y", "allowed: default, %d.%m.%Y");
            diags.push(Diagnostic::error("unsupported-type", it.span, message).help(help));
            Form::Any
        }
    }
}

/// Yes and no are two categories; the words for them are those of the standard or the given ones.
fn booleans(field: &Node, diags: &mut Diagnostics) -> Content {
    let mut category = |key: &str, default: [&str; 4], label: &str| {
        let given = field.get(key).map(|it| typed::strings(it, diags)).unwrap_or_default();
        let mut words: Vec<String> = match given.is_empty() {
            true => default.map(str::to_owned).to_vec(),
            false => given.into_iter().map(|it| it.value).collect(),
        };
        Category { value: words.remove(0), label: label.to_owned(), also: words, class: None }
    };
    let yes = category("trueValues", ["true", "True", "TRUE", "1"], "ja");
    let no = category("falseValues", ["false", "False", "FALSE", "0"], "nein");
    Content::Categories { list: vec![yes, no], ordered: false }
}

fn number_format(field: &Node, unit: Option<&str>, diags: &mut Diagnostics) -> NumberFormat {
    let is_bare = field.get("bareNumber").and_then(|it| typed::boolean(it, diags)).unwrap_or(true);
    let has = |signs: &[&str]| unit.is_some_and(|unit| signs.iter().any(|it| unit.contains(it)));
    let group = sign(field, "groupChar", diags);
    // Whole numbers name no decimal sign; a point between their groups is none.
    let decimal = if group == Some('.') { ',' } else { '.' };
    NumberFormat {
        decimal: sign(field, "decimalChar", diags).unwrap_or(decimal),
        group,
        unit: match is_bare {
            false => UnitSign::Anything,
            true if has(&["%", "Prozent"]) => UnitSign::Percent,
            true if has(&["€", "EUR", "Euro"]) => UnitSign::Euro,
            true => UnitSign::None,
        },
    }
}

/// `wrong-type`: a sign in numbers is one character.
fn sign(field: &Node, key: &str, diags: &mut Diagnostics) -> Option<char> {
    let node = field.get(key)?;
    // Not trimmed: a space is a sign here.
    let mut signs = node.as_text().unwrap_or_default().chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) => Some(sign),
        _ => {
            diags.push(typed::wrong_type(node, text("ein einzelnes Zeichen", "a single character")));
            None
        }
    }
}

/// Reads the values a column can have; `constraints.enum` is such a list too.
fn categories(field: &Node, diags: &mut Diagnostics) -> Option<Vec<Spanned<Category>>> {
    let list = field.get("categories").or_else(|| field.get("constraints")?.get("enum"))?;
    let category = |node: &Node, diags: &mut Diagnostics| {
        let (value, label) = match &node.kind {
            Kind::Map(_) => (required_string(node, "value", diags)?.value, value(node, "label", diags)),
            _ => (typed::string(node, diags)?.value, None),
        };
        let label = label.unwrap_or_else(|| value.clone());
        Some(Spanned::new(Category { value, label, also: Vec::new(), class: None }, node.span))
    };
    Some(typed::list(list, diags).iter().filter_map(|node| category(node, diags)).collect())
}

/// Reads the bounds of classes and checks that each number belongs to one class.
///
/// `class-bounds`: classes follow each other without a gap or an overlap.
fn with_classes(
    list: Vec<Spanned<Category>>,
    scale: Option<Scale>,
    diags: &mut Diagnostics,
) -> Vec<Category> {
    let read = |it: Spanned<Category>| {
        let class = class::parse(&it.value.label, NumberFormat::german());
        Spanned::new(Category { class: class.filter(|_| scale == Some(Scale::Class)), ..it.value }, it.span)
    };
    let list: Vec<Spanned<Category>> = list.into_iter().map(read).collect();
    for pair in list.windows(2) {
        if let (Some(first), Some(second)) = (&pair[0].value.class, &pair[1].value.class)
            && let Some(message) = seam_problem(first, second, &pair[0].value.label)
        {
            diags.push(Diagnostic::warning("class-bounds", pair[1].span, message));
        }
    }
    if scale == Some(Scale::Class) {
        for it in list.iter().filter(|it| it.value.class.is_none()) {
            let label = &it.value.label;
            let message = text(
                format!("„{label}“ ist keine Klasse von Zahlen."),
                format!("`{label}` is not a class of numbers"),
            );
            let help = text(
                "Klassen stehen so: 8,50 bis unter 10,00",
                "classes look like this: 8,50 bis unter 10,00",
            );
            diags.push(Diagnostic::warning("class-bounds", it.span, message).help(help));
        }
    }
    list.into_iter().map(|it| it.value).collect()
}

fn seam_problem(first: &Class, second: &Class, label: &str) -> Option<Text> {
    let (de, en) = match class::seam(first, second) {
        Seam::Fits => return None,
        Seam::Gap => {
            ("Zwischen dieser Klasse und „{}“ ist eine Lücke.", "there is a gap between this class and `{}`")
        }
        Seam::Overlap => ("Diese Klasse und „{}“ überschneiden sich.", "this class and `{}` overlap"),
        Seam::WrongOrder => ("Diese Klasse gehört vor „{}“.", "this class belongs before `{}`"),
        Seam::Unclear => (
            "Es ist nicht gesagt, ob die Grenze zu dieser Klasse oder zu „{}“ gehört.",
            "it is not said whether the bound belongs to this class or to `{}`",
        ),
    };
    Some(text(de.replace("{}", label), en.replace("{}", label)))
}

fn missing_signs(
    list: MissingValues,
    null: Option<&str>,
    lang: Lang,
    diags: &mut Diagnostics,
) -> Vec<MissingSign> {
    let mut signs: Vec<MissingSign> = match list {
        MissingValues::Default => vec![MissingSign::undescribed(String::new(), lang)],
        MissingValues::Given(list) => {
            typed::list(list, diags).iter().filter_map(|it| missing_sign(it, lang, diags)).collect()
        }
    };
    signs.extend(null.map(|it| MissingSign::undescribed(it.to_owned(), lang)));
    signs
}

fn missing_sign(node: &Node, lang: Lang, diags: &mut Diagnostics) -> Option<MissingSign> {
    const KINDS: [(&str, MissingKind); 2] =
        [("absent", MissingKind::Absent), ("unclear", MissingKind::Unclear)];
    if !matches!(node.kind, Kind::Map(_)) {
        return typed::string(node, diags).map(|it| MissingSign::undescribed(it.value, lang));
    }
    let own = own_properties(node, &["kind", "shown"], diags);
    let sign = MissingSign::undescribed(required_string(node, "value", diags)?.value, lang);
    Some(MissingSign {
        reason: value(node, "label", diags).unwrap_or(sign.reason),
        shown: value(own, "shown", diags),
        kind: choice(own, "kind", &KINDS, diags).unwrap_or(MissingKind::Absent),
        value: sign.value,
    })
}

impl MissingSign {
    /// Makes a sign of which nothing is said but that it stands for no value.
    fn undescribed(value: String, lang: Lang) -> MissingSign {
        let not_stated = text("keine Angabe", "not stated");
        let not_stated = not_stated.in_lang(lang);
        let reason = if value.is_empty() { not_stated.to_owned() } else { format!("{not_stated} ({value})") };
        MissingSign { value, reason, shown: None, kind: MissingKind::Absent }
    }
}

const CONSTRAINTS: [&str; 10] = [
    "required",
    "unique",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
];

/// `unchecked-constraint`: what is asked of the values is something we check.
fn constraints(field: &Node, diags: &mut Diagnostics) -> Constraints {
    let Some(node) = field.get("constraints") else {
        return Constraints::default();
    };
    for entry in typed::map(node, diags) {
        if !CONSTRAINTS.contains(&entry.key.value.as_str()) {
            let key = &entry.key.value;
            let message = text(format!("„{key}“ wird nicht geprüft."), format!("`{key}` is not checked"));
            diags.push(Diagnostic::warning("unchecked-constraint", entry.key.span, message));
        }
    }
    let mut flag = |key| node.get(key).and_then(|it| typed::boolean(it, diags)).unwrap_or(false);
    let (required, unique) = (flag("required"), flag("unique"));
    let mut length = |key| {
        let length = node.get(key).and_then(|it| typed::integer(it, diags))?;
        usize::try_from(length).ok()
    };
    let (least_length, most_length) = (length("minLength"), length("maxLength"));
    let mut bound = |key, is_exclusive| bound(node, key, is_exclusive, diags);
    let minimum = bound("minimum", false).or_else(|| bound("exclusiveMinimum", true));
    let maximum = bound("maximum", false).or_else(|| bound("exclusiveMaximum", true));
    let pattern = node.get("pattern").and_then(|it| Pattern::read(it, diags));
    Constraints { required, unique, minimum, maximum, least_length, most_length, pattern }
}

fn bound(constraints: &Node, key: &str, is_exclusive: bool, diags: &mut Diagnostics) -> Option<Bound> {
    let node = constraints.get(key)?;
    let number = node.as_text().and_then(|it| number::parse(it, number::MACHINE).ok());
    if number.is_none() {
        diags.push(typed::wrong_type(node, text("eine Zahl", "a number")));
    }
    number.map(|number| Bound { number, is_exclusive })
}

pub(super) fn decimals(own: &Node, diags: &mut Diagnostics) -> Option<u8> {
    let node = own.get("decimals")?;
    let decimals = typed::integer(node, diags)?;
    match u8::try_from(decimals) {
        Ok(decimals) if decimals <= 20 => Some(decimals),
        _ => {
            diags.push(typed::wrong_type(node, text("eine Anzahl von 0 bis 20", "a number from 0 to 20")));
            None
        }
    }
}

pub(super) fn source(own: &Node, diags: &mut Diagnostics) -> Option<Source> {
    let node = own.get("source")?;
    check_keys(node, &["title", "path"], diags);
    let title = required_string(node, "title", diags)?.value;
    Some(Source { title, path: value(node, "path", diags) })
}

/// Reads which peculiarities somebody has looked at: `{code: reason}`.
pub(super) fn answers(node: &Node, diags: &mut Diagnostics) -> Vec<Answer> {
    let entries = typed::map(node, diags);
    let answer = |entry: &Entry| {
        let because = typed::string(&entry.value, diags)?.value;
        Some(Answer { check: entry.key.clone(), because })
    };
    entries.iter().filter_map(answer).collect()
}

/// Reads `true`, `false`, or why not.
pub(super) fn comparable(own: &Node, diags: &mut Diagnostics) -> Comparable {
    match own.get("comparable").map(|it| &it.kind) {
        None => Comparable::Yes,
        Some(Kind::Plain(value)) if value == "true" => Comparable::Yes,
        Some(Kind::Plain(value)) if value == "false" => Comparable::No,
        Some(_) => value(own, "comparable", diags).map_or(Comparable::No, Comparable::Because),
    }
}

pub(super) const DIRECTIONS: [(&str, Direction); 3] = [
    ("neutral", Direction::Neutral),
    ("higher-is-better", Direction::HigherIsBetter),
    ("lower-is-better", Direction::LowerIsBetter),
];

pub(super) const SCALES: [(&str, Scale); 7] = [
    ("key", Scale::Key),
    ("absolute", Scale::Absolute),
    ("rate", Scale::Rate),
    ("share", Scale::Share),
    ("class", Scale::Class),
    ("code", Scale::Code),
    ("category", Scale::Category),
];

pub(super) const PARTS: [(&str, Part); 5] = [
    ("date", Part::Date),
    ("definition", Part::Definition),
    ("unit", Part::Unit),
    ("source", Part::Source),
    ("comparable", Part::Comparable),
];
