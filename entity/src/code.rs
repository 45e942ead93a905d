//! The code that a user reads in the mail and types into the form.
//!
//! It is derived, never stored: whoever holds the key and the challenge's nonce gets the same code again, so a
//! resent mail carries the code of the first, and neither Redis nor the queue ever sees one.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{keyring::Keys, settings::FromSetting};

/// Crockford's base32: no I, L, O or U, so that nobody confuses what they read.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How a code looks.
///
/// With five tries a code and ten challenges a day (NIST SP 800-63B-4, 3.2.2 asks for a bound of this kind), a
/// stranger's odds for one address in a day are 50 in 2⁴⁰, in 10⁸ or in 10⁶. ASVS 6.5.4 wants 20 bits at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeFormat {
    /// Eight characters of Crockford's base32, 40 bits, shown as `XXXX-XXXX`.
    #[default]
    Base32x8,
    /// Eight digits, 26 bits, shown as `XXXX-XXXX`.
    Digits8,
    /// Six digits, 20 bits, shown as `XXXXXX`.
    Digits6,
}

impl FromSetting for CodeFormat {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "base32-8" => Ok(Self::Base32x8),
            "digits-8" => Ok(Self::Digits8),
            "digits-6" => Ok(Self::Digits6),
            _ => Err("base32-8, digits-8 or digits-6".into()),
        }
    }
}

/// A challenge's code in its bare form: no dash, upper case. It has no way into a log.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Code(String);

/// What somebody typed as a code, brought into the bare form: it may be right or nonsense.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Guess(String);

/// Characters of a typed code at most: four times the longest code leaves room for dashes and spaces.
pub const MAX_GUESS_CHARS: usize = 32;

impl Code {
    /// The code of the challenge with this id and nonce, opened for this address.
    #[must_use]
    pub fn derive(format: CodeFormat, keys: &Keys, challenge_id: &str, nonce: &str, address: &str) -> Self {
        Self::from_bytes(format, &keys.code_bytes(challenge_id, nonce, address))
    }

    fn from_bytes(format: CodeFormat, bytes: &[u8; 32]) -> Self {
        Self(match format {
            CodeFormat::Base32x8 => base32(bytes),
            CodeFormat::Digits8 => format!("{:08}", below(100_000_000, bytes)),
            CodeFormat::Digits6 => format!("{:06}", below(1_000_000, bytes)),
        })
    }

    /// How the mail shows it: groups of four parted by a dash, six digits in one piece.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.0.len() {
            8 => format!("{}-{}", &self.0[..4], &self.0[4..]),
            _ => self.0.clone(),
        }
    }

    /// Whether the guess is right, in a time that does not tell how much of it is (ASVS 11.2.4).
    #[must_use]
    pub fn matches(&self, guess: &Guess) -> bool {
        self.0.as_bytes().ct_eq(guess.0.as_bytes()).into()
    }
}

impl Guess {
    /// Drops dashes and white space and, for base32, forgives lower case and the look-alikes `O`, `I` and `L`.
    #[must_use]
    pub fn read(format: CodeFormat, typed: &str) -> Self {
        let kept = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–' | '—'));
        Self(match format {
            CodeFormat::Base32x8 => kept.map(crockford).collect(),
            CodeFormat::Digits8 | CodeFormat::Digits6 => kept.collect(),
        })
    }
}

fn crockford(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// The first 40 bits, five a character.
fn base32(bytes: &[u8; 32]) -> String {
    let bits = bytes[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..8).map(|place| char::from(ALPHABET[(bits >> (35 - 5 * place) & 31) as usize])).collect()
}

/// A number below `end`, uniform: a word past the last whole multiple of `end` is passed over for the next one. That
/// all four are past it happens once in 2¹⁴⁰.
fn below(end: u64, bytes: &[u8; 32]) -> u64 {
    let usable = u64::MAX - u64::MAX % end;
    let (words, _) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_be_bytes(*word));
    words.clone().find(|word| *word < usable).or_else(|| words.clone().next_back()).unwrap_or_default() % end
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

impl fmt::Debug for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guess(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::Keyring;

    const FORMATS: [CodeFormat; 3] = [CodeFormat::Base32x8, CodeFormat::Digits8, CodeFormat::Digits6];

    fn derived(format: CodeFormat, ring: &Keyring, nonce: &str) -> Code {
        Code::derive(format, ring.current(), "AABcdEFGhiJKlmNOpqRStuVW", nonce, "mike@example.com")
    }

    fn ring() -> Keyring {
        Keyring::new(&[b"a secret of thirty-two bytes or so"]).unwrap()
    }

    #[test]
    fn r14_the_same_nonce_gives_the_same_code() {
        for format in FORMATS {
            let [once, again, other] = ["n", "n", "m"].map(|nonce| derived(format, &ring(), nonce).shown());
            assert_eq!(once, again);
            assert_ne!(once, other);
        }
    }

    #[test]
    fn typed_codes_are_forgiven_dashes_case_and_look_alikes() {
        let code = Code("01ABCDEF".into());
        for typed in ["01AB-CDEF", "oiab cdef", " OLab-cdeF\n", "01AB–CDEF"] {
            assert!(code.matches(&Guess::read(CodeFormat::Base32x8, typed)), "{typed}");
        }
        for typed in ["", "01ABCDE", "01ABCDEFF", "01ABCDEG", "０１ABCDEF"] {
            assert!(!code.matches(&Guess::read(CodeFormat::Base32x8, typed)), "{typed}");
        }
    }

    #[test]
    fn digits_keep_their_leading_zeros() {
        let code = Code::from_bytes(CodeFormat::Digits6, &[0; 32]);
        assert_eq!(code.shown(), "000000");
        assert!(!code.matches(&Guess::read(CodeFormat::Digits6, "0")));
        assert_eq!(Code::from_bytes(CodeFormat::Digits8, &[0; 32]).shown(), "0000-0000");
    }

    #[test]
    fn words_past_the_last_multiple_are_passed_over() {
        let mut bytes = [0xff; 32];
        bytes[8..16].copy_from_slice(&42_u64.to_be_bytes());
        assert_eq!(below(1_000_000, &bytes), 42);
    }

    /// Chi-squared over 100,000 codes, each place of the code by itself, at the 99.9999 % quantile: a fair generator
    /// fails one run in a million, and the nonces are fixed, so it is the same run each time.
    #[test]
    fn r7_codes_are_uniform_over_their_alphabet() {
        let (ring, count) = (ring(), 100_000_u32);
        for (format, symbols, quantile) in [(FORMATS[0], 32, 86.0), (FORMATS[1], 10, 46.0), (FORMATS[2], 10, 46.0)] {
            let codes: Vec<_> = (0..count).map(|n| derived(format, &ring, &n.to_string())).collect();
            for place in 0..codes[0].0.len() {
                let mut seen = [0_u32; 256];
                codes.iter().for_each(|code| seen[usize::from(code.0.as_bytes()[place])] += 1);
                let expected = f64::from(count) / f64::from(symbols);
                let used = seen.iter().filter(|n| **n > 0);
                assert_eq!(used.clone().count(), symbols as usize, "{format:?}");
                let chi: f64 = used.map(|n| (f64::from(*n) - expected).powi(2) / expected).sum();
                assert!(chi < quantile, "{format:?} place {place}: {chi}");
            }
        }
    }

    #[test]
    fn r8_no_format_has_fewer_than_six_digits() {
        for format in FORMATS {
            assert!(Code::from_bytes(format, &[7; 32]).0.len() >= 6);
        }
        assert_eq!(CodeFormat::default(), CodeFormat::Base32x8);
    }

    #[test]
    fn debug_shows_neither_code_nor_guess() {
        let code = Code("SECRET12".into());
        assert!(!format!("{code:?}{:?}", Guess("SECRET12".into())).contains("SECRET"));
    }
}
