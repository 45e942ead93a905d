//! What a translation must keep: the messages, what they name, and the plural forms of its language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, Variant, VariantKey},
    parser,
};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::*;

const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What the tests look at in one message.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    variables: BTreeSet<String>,
    /// The keys of each choice between plural forms.
    plurals: Vec<BTreeSet<String>>,
    /// Variables that are shown without U+2066…U+2069 around them.
    bare: BTreeSet<String>,
}

type Messages = BTreeMap<String, Message>;

fn parse(text: &str) -> (Vec<String>, Messages) {
    let resource: Resource<&str> = parser::parse(text).expect("a catalogue parses");
    let (mut order, mut messages) = (Vec::new(), Messages::new());
    for entry in &resource.body {
        match entry {
            Entry::Message(found) => {
                let id = found.id.name.to_owned();
                let mut message = Message::default();
                look(found.value.as_ref().expect("a message has a text"), &mut message);
                assert!(found.attributes.is_empty(), "{id} has attributes");
                assert!(messages.insert(id.clone(), message).is_none(), "{id} is there twice");
                order.push(id);
            }
            Entry::Junk { content } => panic!("does not parse: {content}"),
            _ => {}
        }
    }
    (order, messages)
}

fn look(pattern: &Pattern<&str>, message: &mut Message) {
    let literal = |element: Option<&PatternElement<&str>>, marks: &[&str]| {
        let Some(PatternElement::Placeable { expression: Expression::Inline(inline) }) = element else { return false };
        matches!(inline, InlineExpression::StringLiteral { value } if marks.contains(value))
    };
    for (at, element) in pattern.elements.iter().enumerate() {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                message.variables.insert(id.name.to_owned());
                let before = at.checked_sub(1).and_then(|at| pattern.elements.get(at));
                let after = pattern.elements.get(at + 1);
                if !(literal(before, &["\\u2066", "\\u2068"]) && literal(after, &["\\u2069"])) {
                    message.bare.insert(id.name.to_owned());
                }
            }
            Expression::Inline(InlineExpression::StringLiteral { .. }) => {}
            Expression::Inline(other) => panic!("{other:?}: a message is texts, variables and choices alone"),
            Expression::Select { selector, variants } => {
                let InlineExpression::VariableReference { id } = selector else { panic!("a choice by {selector:?}") };
                message.variables.insert(id.name.to_owned());
                let keys: BTreeSet<String> = variants.iter().filter_map(name).collect();
                if keys.iter().any(|key| PLURALS.contains(&key.as_str())) {
                    message.plurals.push(keys);
                }
                variants.iter().for_each(|variant| look(&variant.value, message));
            }
        }
    }
}

/// A number as a key, such as `[0]`, is an addition to the plural forms.
fn name(variant: &Variant<&str>) -> Option<String> {
    match variant.key {
        VariantKey::Identifier { name } => Some(name.to_owned()),
        VariantKey::NumberLiteral { .. } => None,
    }
}

/// The plural forms that whole numbers have in a language, by CLDR. Forms of fractions and millions, such as French
/// `many`, are not asked for.
fn forms(tag: &str) -> BTreeSet<String> {
    let mut language: LanguageIdentifier = tag.parse().unwrap();
    language.region = None;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL).unwrap();
    let name = |category| match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    };
    (0..1000u32).map(|number| name(rules.select(number).unwrap()).to_owned()).collect()
}

fn same_messages(prefixes: &[&str]) {
    let of = |text| {
        let mut messages = parse(text).1;
        messages.retain(|id, _| prefixes.iter().any(|prefix| id.starts_with(prefix)));
        messages
    };
    let english = of(LANGUAGES[0].text);
    assert!(!english.is_empty());
    for Language { tag, text } in &LANGUAGES[1..] {
        let own = of(text);
        let missing: Vec<_> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        let extra: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{tag}: missing {missing:?}, not in English {extra:?}");
        for (id, message) in &own {
            assert_eq!(message.variables, english[id].variables, "{tag}: {id} names other variables");
        }
    }
}

#[test]
fn mails_speak_every_language() {
    same_messages(&["language-name", "mail-"]);
}

#[test]
fn the_page_speaks_every_language() {
    same_messages(&["page-"]);
}

#[test]
fn every_language_has_its_plural_forms() {
    let english = parse(LANGUAGES[0].text).1;
    for Language { tag, text } in &LANGUAGES {
        let needed = forms(tag);
        for (id, message) in parse(text).1 {
            // A language with one form may do without the choice.
            let chooses = english.get(&id).is_some_and(|message| !message.plurals.is_empty());
            assert!(!chooses || needed.len() == 1 || !message.plurals.is_empty(), "{tag}: {id} has one form for all");
            for mut keys in message.plurals {
                if keys != needed {
                    keys.remove("other");
                }
                assert_eq!(keys, needed, "{tag}: {id}");
            }
        }
    }
}

#[test]
fn r63_names_and_times_keep_their_order_in_mails_from_right_to_left() {
    for Language { tag, text } in LANGUAGES.iter().filter(|language| language.direction() == Direction::Rtl) {
        for (id, mut message) in parse(text).1.into_iter().filter(|(id, _)| id.starts_with("mail-")) {
            // A number is in order by itself.
            message.bare.remove("minutes");
            assert!(message.bare.is_empty(), "{tag}: {id} shows {:?} without marks around it", message.bare);
        }
    }
}

#[test]
fn the_name_stands_first_then_mails_then_the_page() {
    for Language { tag, text } in &LANGUAGES {
        let order = parse(text).0;
        let place = |id: &String| ["language-name", "mail-", "page-"].iter().position(|start| id.starts_with(start));
        let places: Vec<_> = order.iter().map(|id| place(id).unwrap_or_else(|| panic!("{tag}: {id}"))).collect();
        assert!(places.is_sorted(), "{tag}: the worker reads up to the first `page-`");
    }
}

#[test]
fn the_catalogues_are_those_of_the_folder() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("texts");
    let mut files: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut known: Vec<String> = LANGUAGES.iter().map(|language| format!("{}.ftl", language.tag)).collect();
    assert_eq!(known[0], "en.ftl");
    known.sort();
    assert_eq!(files, known);
    let right_to_left: Vec<_> = LANGUAGES.iter().filter(|one| one.direction() == Direction::Rtl).collect();
    assert_eq!(right_to_left.iter().map(|one| one.tag).collect::<Vec<_>>(), ["ar"]);
    assert_eq!(Direction::of("HE-IL"), Direction::Rtl);
}
