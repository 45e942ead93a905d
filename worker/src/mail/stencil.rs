//! Mails with a code that are kept encoded, with gaps for what differs from one to the next: to render the templates and
//! to encode them takes twelve times as long as all the rest of a mail.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    compose::{ComposeError, Content},
    link,
    message::Encoded,
};

/// So many are kept, and a few more if several are made at once: all of the twelve languages there are, for each of the ten
/// minutes that a code lives at most, and as many again. A mail beyond them is rendered anew.
const MOST: usize = 256;

/// What differs between the mails with a code of one language that leaves them so many minutes, as it stands in a mail: the
/// challenge, the code as it is shown, and that of the link.
type Values = [String; 3];

fn values(shown: &str, challenge_id: &str) -> Values {
    [challenge_id.to_owned(), shown.to_owned(), link::code(shown)]
}

/// Whether every encoding writes them as they are, an octet for an octet.
fn are_plain(values: &Values) -> bool {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    values.iter().all(|value| value.bytes().all(is_plain))
}

/// Two codes and ids of the same shape as these, that are invented and differ at each place.
pub(super) fn samples(shown: &str, challenge_id: &str) -> [(String, String); 2] {
    const SIGNS: &[u8; 32] = b"Q7ZK3XWV9JY4GH8M2PR6TB5NCDF0SE1A";
    let invent = |value: &str, seed: usize| -> String {
        let sign = |(at, c)| if c == '-' { c } else { char::from(SIGNS[(seed + 5 * at + at / 7) % SIGNS.len()]) };
        value.chars().enumerate().map(sign).collect()
    };
    [3, 20].map(|seed| (invent(shown, seed), invent(challenge_id, seed + 11)))
}

/// By language, minutes, and the lengths of all values. None: it turned out that this mail cannot be had so.
type Kept = HashMap<(String, u32, [usize; 3]), Option<Arc<Stencil>>>;

/// All that are kept.
#[derive(Default)]
pub(super) struct Stencils(Mutex<Kept>);

impl Stencils {
    /// A mail of its stencil, which is made of two samples the first time; or, if there is no such stencil, by itself.
    ///
    /// # Errors
    /// Those of `encode`.
    pub(super) fn encoded(
        &self,
        language: &str,
        content: &Content<'_>,
        encode: impl Fn(&Content<'_>) -> Result<Encoded, ComposeError>,
    ) -> Result<Encoded, ComposeError> {
        let &Content::Code { shown, challenge_id, minutes_left } = content else { return encode(content) };
        let own = values(shown, challenge_id);
        if !are_plain(&own) {
            return encode(content);
        }
        let key = (language.to_owned(), minutes_left, own.each_ref().map(String::len));
        let (kept, is_full) = {
            let kept = self.lock();
            (kept.get(&key).cloned(), kept.len() >= MOST)
        };
        let stencil = match kept {
            Some(kept) => kept,
            // Samples that are not kept would cost two mails more.
            None if is_full => None,
            None => {
                let encode =
                    |shown: &str, challenge_id: &str| encode(&Content::Code { shown, challenge_id, minutes_left });
                let stencil = Stencil::make(samples(shown, challenge_id), encode)?.map(Arc::new);
                self.lock().insert(key, stencil.clone());
                stencil
            }
        };
        stencil.map_or_else(|| encode(content), |stencil| Ok(stencil.fill(&own)))
    }

    /// How many are kept, and how many mails are known to have none.
    #[cfg(test)]
    pub(super) fn kept(&self) -> (usize, usize) {
        let kept = self.lock();
        let stencils = kept.values().flatten().count();
        (stencils, kept.len() - stencils)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An encoded mail, and where its values stand.
struct Stencil {
    sample: Encoded,
    gaps: Vec<Gap>,
}

/// A value, or the piece of one that stands on one line.
struct Gap {
    /// Where it begins in the mail.
    at: usize,
    /// Which of the [`Values`], and which octets of it.
    value: usize,
    from: usize,
    to: usize,
}

impl Stencil {
    /// One that was made of the first sample. What stands in a mail by chance as well, or is written in another way, is
    /// found out by the second one: None then.
    fn make(
        samples: [(String, String); 2],
        encode: impl Fn(&str, &str) -> Result<Encoded, ComposeError>,
    ) -> Result<Option<Self>, ComposeError> {
        let [first, second] =
            samples.each_ref().map(|(shown, challenge_id)| (encode(shown, challenge_id), values(shown, challenge_id)));
        let stencil = Self::cut(first.0?, &first.1);
        let is_true = stencil.fill(&second.1) == second.0?;
        Ok(is_true.then_some(stencil))
    }

    fn cut(sample: Encoded, values: &Values) -> Self {
        let (mut gaps, mut at) = (Vec::new(), 0);
        while at < sample.body.len() {
            let found = (0..values.len()).find_map(|value| Some((value, find(&sample.body[at..], &values[value])?)));
            let Some((value, (pieces, length))) = found else {
                at += 1;
                continue;
            };
            gaps.extend(pieces.into_iter().map(|(begin, from, to)| Gap { at: at + begin, value, from, to }));
            at += length;
        }
        Self { sample, gaps }
    }

    /// The mail with other values, which are as long as the sample's.
    fn fill(&self, values: &Values) -> Encoded {
        let mut filled = self.sample.clone();
        for Gap { at, value, from, to } in &self.gaps {
            filled.body[*at..*at + (to - from)].copy_from_slice(&values[*value].as_bytes()[*from..*to]);
        }
        filled
    }
}

/// Pieces of a value, each by where it begins in the text and which octets of the value it is.
type Pieces = Vec<(usize, usize, usize)>;

/// The value if the text begins with it, and how much of the text it takes. Quoted-printable may break it by `=` and a
/// line's end at any place (RFC 2045, section 6.7).
fn find(text: &[u8], value: &str) -> Option<(Pieces, usize)> {
    const BREAK: &[u8] = b"=\r\n";
    let (mut pieces, mut at, mut from) = (Vec::new(), 0, 0);
    for (octet, wanted) in value.bytes().enumerate() {
        if octet > 0 && text[at..].starts_with(BREAK) {
            pieces.push((at - (octet - from), from, octet));
            (at, from) = (at + BREAK.len(), octet);
        }
        if text.get(at) != Some(&wanted) {
            return None;
        }
        at += 1;
    }
    pieces.push((at - (value.len() - from), from, value.len()));
    (!value.is_empty()).then_some((pieces, at))
}
