//! Which passwords are taken.

use std::{fmt, path::PathBuf};

use entity::{
    email::Email,
    settings::{SettingError, Source},
};
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

use super::{MAX_CODE_POINTS, NewPassword, Normalize, Reasons, blocklist::Blocklist};

/// Bounds of `password.min_length`: NIST SP 800-63B-4, section 3.1.1.2, has 8 beside a second factor and 15 without;
/// above 64 a passphrase would be refused.
const MIN_LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;
/// Code points that are weighed. The time for it grows with the cube of the length: 100 hostile ones took 0.8 s, and
/// whoever is not guessable in 40 does not become so after.
const WEIGHED_CODE_POINTS: usize = 40;
/// "Safely unguessable: moderate protection from an offline attack" (10⁸ guesses and more).
const LEAST_SCORE: Score = Score::Three;
/// Shorter pieces of context stand in passwords by chance.
const LEAST_CONTEXT: usize = 4;

/// Reads `password.min_length`.
///
/// # Errors
/// By name, if it is not from 8 to 64.
pub fn least_length(source: &Source) -> Result<usize, SettingError> {
    const KEY: &str = "password.min_length";
    let length = source.get(KEY)?;
    if MIN_LENGTHS.contains(&length) { Ok(length) } else { Err(SettingError::of(KEY, "must be from 8 to 64")) }
}

/// The rules of the settings.
pub struct Policy {
    min_length: usize,
    normalize: Normalize,
    service: String,
    blocklist: Blocklist,
}

impl Policy {
    /// Reads `password.min_length`, `password.normalize`, `password.blocklist` (the whole file) and `service.name`.
    ///
    /// # Errors
    /// By the name of the first that cannot be used.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        const BLOCKLIST: &str = "password.blocklist";
        let min_length = least_length(source)?;
        let blocklist = match source.optional::<PathBuf>(BLOCKLIST)? {
            Some(path) => Blocklist::read(&path, min_length)
                .map_err(|error| SettingError::of(BLOCKLIST, format!("cannot read the file: {error}")))?,
            None => Blocklist::default(),
        };
        Ok(Self {
            min_length,
            normalize: source.get("password.normalize")?,
            service: source.get("service.name")?,
            blocklist,
        })
    }

    /// Loads the dictionaries, which the first password would wait for.
    pub fn load_dictionaries() {
        let _ = zxcvbn("x", &[]);
    }

    /// Counts code points: a cheap check before anything is done for the password.
    ///
    /// # Errors
    /// `too_short` or `too_long`.
    pub fn check_length(&self, password: &NewPassword) -> Result<(), Reasons> {
        match password.normalized(self.normalize).chars().count() {
            count if count < self.min_length => Err(Reasons::one(Reasons::TOO_SHORT)),
            count if count > MAX_CODE_POINTS => Err(Reasons::one(Reasons::TOO_LONG)),
            _ => Ok(()),
        }
    }

    /// Looks the password up and weighs it. It can take milliseconds: keep it off the threads that serve.
    ///
    /// # Errors
    /// `blocklisted`, or `too_guessable` and perhaps `contains_context`, followed by advice.
    pub fn check_strength(&self, password: &NewPassword, address: &Email) -> Result<(), Reasons> {
        let text = password.normalized(self.normalize);
        let mut reasons = Reasons::default();
        if self.blocklist.contains(&text) {
            reasons.add(Reasons::BLOCKLISTED);
        }
        let weighed = first(&text, WEIGHED_CODE_POINTS);
        let context = self.context(address);
        let pieces: Vec<&str> = context.iter().map(String::as_str).collect();
        let lower = Zeroizing::new(weighed.to_lowercase());
        let rest = without(&lower, &pieces);
        let estimate = zxcvbn(&weighed, &pieces);
        // zxcvbn takes three known words in a row for a good password, whatever they are: what is not the context's
        // must be good as well.
        let contains_context = rest.len() < lower.len();
        if estimate.score() < LEAST_SCORE || (contains_context && zxcvbn(&rest, &[]).score() < LEAST_SCORE) {
            reasons.add(Reasons::TOO_GUESSABLE);
            if contains_context {
                reasons.add(Reasons::CONTAINS_CONTEXT);
            }
            if let Some(feedback) = estimate.feedback() {
                reasons.add_feedback(feedback);
            }
        }
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }

    /// What a stranger who knows the account would try, in lower case: the service, the address and its parts.
    fn context(&self, address: &Email) -> Vec<String> {
        let (local, domain) = address.as_str().split_once('@').unwrap_or((address.as_str(), ""));
        let pieces = [address.as_str(), local, domain, self.service.as_str()];
        let mut context: Vec<String> = pieces.iter().map(|piece| piece.to_lowercase()).collect();
        // What is cut off the password must be cut off its pattern.
        let cut = context.iter().filter(|piece| piece.chars().count() > WEIGHED_CODE_POINTS);
        let cut: Vec<String> = cut.map(|piece| piece.chars().take(WEIGHED_CODE_POINTS).collect()).collect();
        let words = [local, domain].into_iter().flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric()));
        let words: Vec<String> = words.filter(|word| word.len() >= LEAST_CONTEXT).map(ToOwned::to_owned).collect();
        context.extend(cut);
        context.extend(words);
        context.retain(|piece| !piece.is_empty());
        context
    }
}

/// The text with every piece of the context cut out that is long enough to tell, the longest first.
fn without(text: &str, pieces: &[&str]) -> Zeroizing<String> {
    let mut pieces: Vec<&str> = pieces.iter().copied().filter(|piece| piece.chars().count() >= LEAST_CONTEXT).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.iter().fold(Zeroizing::new(text.to_owned()), |rest, piece| Zeroizing::new(rest.replace(piece, "")))
}

/// The first code points of a text.
fn first(text: &str, most: usize) -> Zeroizing<String> {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    Zeroizing::new(text[..end].to_owned())
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("min_length", &self.min_length).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
