//! A typed code.

use crate::code::{Code, CodeFormat, Guess};

const DASHES: [char; 5] = ['-', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}'];

/// A guess is right if and only if it spells the code, however it is parted; and what is like a digit is taken for it.
pub fn run(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    let parted = |c: &char| c.is_whitespace() || DASHES.contains(c);
    for format in [CodeFormat::Base32x8, CodeFormat::Digits8, CodeFormat::Digits6] {
        // One code that stays, which can be guessed, and another for each input.
        for nonce in ["AAAAAAAAAAAAAAAAAAAAAA", typed] {
            let keys = super::keyring().current();
            let code = Code::derive(format, keys, "AABcdEFGhiJKlmNOpqRStuVW", nonce, "mike@example.com");
            let bare = code.shown().replace('-', "");
            let is_right = code.matches(&Guess::read(format, typed));
            assert_eq!(is_right, spells(format, typed, &bare), "{format:?}");
            let mut gaps = typed.chars().filter(parted);
            let woven: String = bare.chars().flat_map(|c| [Some(c), gaps.next()]).flatten().collect();
            assert!(code.matches(&Guess::read(format, &woven)), "{format:?} {woven:?}");
            let like =
                woven.to_ascii_lowercase().replace('0', "O").replace('1', if nonce == typed { "l" } else { "I" });
            let is_base32 = format == CodeFormat::Base32x8;
            assert_eq!(code.matches(&Guess::read(format, &like)), is_base32 || like == woven, "{format:?} {like:?}");
            let longer = format!("{woven}0");
            assert!(!code.matches(&Guess::read(format, &longer)), "{format:?} {longer:?}");
        }
    }
}

/// The same, told in another way: place by place.
fn spells(format: CodeFormat, typed: &str, bare: &str) -> bool {
    let mut wanted = bare.chars();
    for c in typed.chars() {
        if c.is_whitespace() || DASHES.contains(&c) {
            continue;
        }
        let Some(want) = wanted.next() else { return false };
        let look_alikes = match (format, want) {
            (CodeFormat::Base32x8, '0') => "0oO",
            (CodeFormat::Base32x8, '1') => "1iIlL",
            _ => "",
        };
        let same = if format == CodeFormat::Base32x8 { c.eq_ignore_ascii_case(&want) } else { c == want };
        if !same && !look_alikes.contains(c) {
            return false;
        }
    }
    wanted.next().is_none()
}
