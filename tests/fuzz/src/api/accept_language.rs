//! The languages that somebody asks for.

use super::languages::languages;
use crate::locale::{Locale, choose, is_tag};

/// Characters that are kept of all wishes together.
const MOST: usize = 100;

/// What is kept can stand in a header, and always one of our languages is chosen.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (locale, header) = text.split_once('\n').unwrap_or(("", text));
    // The body's has the form of a tag, or the call is refused.
    let locale = Some(locale).filter(|locale| is_tag(locale));
    let kept = languages(locale, Some(header));
    if let Some(kept) = &kept {
        assert!((1..=MOST).contains(&kept.len()), "{kept:?}");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ",;=.*- _".contains(c);
        assert!(kept.chars().all(is_plain), "{kept:?}");
    }
    let ours = ["en", "zh-CN", "pt-BR", "ar"].map(Locale::new);
    // The account's own is any text that a table holds.
    for (account, hint) in [(None, kept.as_deref()), (Some(header), None), (Some(text), Some(text))] {
        let chosen = choose(&ours, account, hint).expect("English is there");
        assert!(ours.contains(chosen));
        let best = choose(&ours, Some(chosen.as_str()), hint).expect("English is there");
        assert_eq!(best, chosen, "what is chosen is asked for and not given");
    }
}
