//! The operator's list of refused passwords.

use std::{
    borrow::Cow,
    fs::File,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, BufRead, BufReader, Read as _},
    path::Path,
};

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::MAX_CODE_POINTS;

/// Octets of a line that are read. What is longer is longer than any password: the most that become one code point by
/// NFC are the nine of a Hangul syllable in its three parts.
const MAX_LINE: usize = MAX_CODE_POINTS * 16;

/// The passwords as sorted hashes of 64 bits: 8 octets each, whatever their length. Among a million, one password in
/// 1.8 · 10¹³ is taken for a listed one (n / 2⁶⁴), and its owner types another.
#[derive(Default)]
pub struct Blocklist(Vec<u64>);

impl Blocklist {
    /// Reads a file with one password a line. Lines that are shorter than any password taken are left out, and so are
    /// those that are longer; octets that are no UTF-8 are replaced, as nobody can type them.
    ///
    /// `min_length` counts code points after NFC.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(path: &Path, min_length: usize) -> io::Result<Self> {
        Self::from_lines(BufReader::with_capacity(1 << 16, File::open(path)?), min_length)
    }

    fn from_lines(mut lines: impl BufRead, min_length: usize) -> io::Result<Self> {
        let (mut line, mut hashes) = (Vec::new(), Vec::new());
        loop {
            line.clear();
            let read = lines.by_ref().take(MAX_LINE as u64).read_until(b'\n', &mut line)?;
            if read == 0 {
                break;
            }
            if read == MAX_LINE && !line.ends_with(b"\n") {
                lines.skip_until(b'\n')?;
                continue;
            }
            while line.last().is_some_and(|end| matches!(end, b'\r' | b'\n')) {
                line.pop();
            }
            hashes.extend(hash_of_line(&mut line, min_length));
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        Ok(Self(hashes))
    }

    /// How many passwords are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the password is listed, in whatever capitals.
    #[must_use]
    pub fn contains(&self, password: &str) -> bool {
        !self.0.is_empty() && self.0.binary_search(&hash(fold(password).as_bytes())).is_ok()
    }
}

/// The hash of a line, unless it is too short.
fn hash_of_line(line: &mut [u8], min_length: usize) -> Option<u64> {
    // Nearly all lines are, and need neither a copy nor tables.
    if line.is_ascii() {
        line.make_ascii_lowercase();
        return (line.len() >= min_length).then(|| hash(line));
    }
    let text: Cow<'_, str> = String::from_utf8_lossy(line);
    (text.nfc().count() >= min_length).then(|| hash(fold(&text).as_bytes()))
}

fn fold(text: &str) -> Zeroizing<String> {
    let composed = Zeroizing::new(text.nfc().collect::<String>());
    Zeroizing::new(composed.to_lowercase())
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(lines: &[u8], min_length: usize) -> Blocklist {
        Blocklist::from_lines(lines, min_length).unwrap()
    }

    #[test]
    fn r42_a_listed_password_is_found_in_any_capitals_and_composition() {
        let lines = "Violet Harbour\r\nSTRASSE and Stra\u{df}e\ncafe\u{301} Harbour\n\u{212a}elvin harbour\n\
                     \u{130}stanbul harbour\nno line end";
        let list = list(lines.as_bytes(), 8);
        for listed in [
            "violet harbour",
            "VIOLET HARBOUR",
            "strasse AND stra\u{df}e",
            "CAF\u{c9} harbour",
            "caf\u{e9} harbour",
            "kelvin HARBOUR",
            "\u{130}STANBUL HARBOUR",
            "no line end",
        ] {
            assert!(list.contains(listed), "{listed}");
        }
        for free in
            ["violet harbou", "violet harbour\r", " violet harbour", "violet harbourt", "strasse and strasse", ""]
        {
            assert!(!list.contains(free), "{free}");
        }
        assert!(!Blocklist::default().contains(""));
    }

    #[test]
    fn lines_that_no_password_can_be_are_left_out() {
        let long = "x".repeat(MAX_LINE * 3);
        let lines =
            format!("1234567\n12345678\n{long}\n{long}\r\n\n\r\n12345678\ne\u{301}234567\nthe last of them\n{long}");
        let list = list(lines.as_bytes(), 8);
        assert_eq!(list.len(), 2, "short, long, empty and second ones take no room");
        assert!(list.contains("12345678") && list.contains("the last of them"));
        // A line of the longest password, in the form that takes the most octets.
        let longest = format!("{}\r\n", "\u{1112}\u{1161}\u{11ab}".repeat(MAX_CODE_POINTS));
        assert!(longest.len() < MAX_LINE);
        assert!(self::list(longest.as_bytes(), 8).contains(&"\u{d55c}".repeat(MAX_CODE_POINTS)));
    }

    #[test]
    fn a_line_takes_eight_octets_and_none_is_lost_among_many() {
        const LINES: usize = 200_000;
        let lines: String = (0..LINES).map(|n| format!("Common Password {n}\n")).collect();
        let list = list(lines.as_bytes(), 15);
        assert_eq!(list.len(), LINES);
        assert_eq!(list.0.capacity() * size_of::<u64>(), LINES * 8);
        assert!((0..LINES).step_by(997).all(|n| list.contains(&format!("common password {n}"))));
        assert!(!(LINES..LINES * 2).step_by(97).any(|n| list.contains(&format!("common password {n}"))));
    }
}
