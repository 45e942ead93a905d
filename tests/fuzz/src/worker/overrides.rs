//! A template of the operator's.

use std::sync::{Arc, LazyLock};

use minijinja::{Value, context};

use super::{
    templates::{BUILT_IN, Templates},
    texts::Texts,
    wrap::{COLUMNS, width, wrap},
};

static TEXTS: LazyLock<Arc<Texts>> = LazyLock::new(|| Arc::new(Texts::load(None).expect("the built-in texts parse")));

/// The first octet says whose place it takes, the rest is its source. It renders or is refused, in a bounded number of
/// steps, and the other templates stay as they are.
pub fn run(bytes: &[u8]) {
    let Some((which, source)) = bytes.split_first() else { return };
    let Ok(source) = std::str::from_utf8(source) else { return };
    let (name, _) = BUILT_IN[usize::from(*which) % BUILT_IN.len()];
    wrapped(source);
    let overrides = [(name.to_owned(), source.to_owned())];
    let Ok(templates) = Templates::new(&overrides, Arc::clone(&TEXTS)) else { return };
    assert!(templates.is_overridden(name) && templates.texts().locales().len() > 1);
    for (file, _) in BUILT_IN {
        let rendered = templates.render(file, values());
        // The text of one file is made of no other; all HTML is made of the layout.
        if file != name && file.ends_with(".txt") {
            assert!(rendered.is_ok_and(|text| text.contains("Example")), "{file}");
        }
    }
}

fn values() -> Value {
    let colors = || context! { accent => "#1f5fd0", button => "#1f5fd0", button_text => "#ffffff" };
    context! {
        locale => "en",
        dir => "ltr",
        service => "Example <&> \"Co\"",
        subject => "A subject",
        code => "7K3M-9QXT",
        link => "https://app.example/#/reset/AABcdEFGhiJKlmNOpqRStuVW/7K3M9QXT",
        minutes => 9,
        contact => context! { href => "mailto:help@example.com", text => "help@example.com" },
        when => "2026-01-02 03:04 UTC",
        brand => context! {
            logo => (),
            support => context! { href => "mailto:help@example.com", text => "help@example.com" },
            light => colors(),
            dark => colors(),
        },
    }
}

/// Nothing is lost by wrapping but spaces, and a line that is too wide has no place to break.
fn wrapped(text: &str) {
    let wrapped = wrap(text);
    let letters = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\n' | '\r')).collect::<String>();
    assert_eq!(letters(&wrapped), letters(text));
    let is_breakable = |line: &str| line.trim().contains(' ');
    assert!(
        wrapped.lines().all(|line| width(line.trim_end_matches(' ')) <= COLUMNS || !is_breakable(line)),
        "{wrapped:?}"
    );
}
