//! The operator's list of refused passwords.

use std::{
    fs::File,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{self, BufRead as _, BufReader},
    path::Path,
};

use unicode_normalization::UnicodeNormalization as _;

/// The passwords as sorted hashes of 64 bits: 8 bytes each, whatever their length. Among ten million, one password in
/// 10¹² is taken for a listed one, and its owner types another.
#[derive(Default)]
pub struct Blocklist(Vec<u64>);

impl Blocklist {
    /// Reads a file with one password a line. Lines that are shorter than any password taken are left out; octets
    /// that are no UTF-8 are replaced, as nobody can type them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(path: &Path, min_length: usize) -> io::Result<Self> {
        let mut reader = BufReader::new(File::open(path)?);
        let (mut line, mut hashes) = (Vec::new(), Vec::new());
        while reader.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            let folded = fold(text.trim_end_matches(['\r', '\n']));
            if folded.chars().count() >= min_length {
                hashes.push(hash(&folded));
            }
            line.clear();
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        Ok(Self(hashes))
    }

    /// Whether the password is listed, in whatever capitals.
    #[must_use]
    pub fn contains(&self, password: &str) -> bool {
        !self.0.is_empty() && self.0.binary_search(&hash(&fold(password))).is_ok()
    }
}

fn fold(text: &str) -> zeroize::Zeroizing<String> {
    zeroize::Zeroizing::new(text.nfc().collect::<String>().to_lowercase())
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
