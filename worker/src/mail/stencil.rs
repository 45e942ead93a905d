//! Mails with a code that are kept encoded, with gaps for what differs from one to the next: to render the templates and
//! to encode them takes twelve times as long as all the rest of a mail.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    compose::{ComposeError, Content},
    message::Encoded,
};

/// So many are kept, and a few more if several are made at once: all of the twelve languages there are, for each of the ten
/// minutes that a code lives at most, and as many again. A mail beyond them is rendered anew.
const MOST: usize = 256;

/// What differs between the mails with a code of one language that leaves them so many minutes.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    shown: &'a str,
    challenge_id: &'a str,
}

impl<'a> Values<'a> {
    /// Those of a content, and the minutes; None of another mail's.
    pub(super) fn of(content: &Content<'a>) -> Option<(Self, u32)> {
        match *content {
            Content::Code { shown, challenge_id, minutes_left } => Some((Self { shown, challenge_id }, minutes_left)),
            Content::Changed { .. } | Content::SecondFactor { .. } => None,
        }
    }

    /// Whether every encoding writes them as they are, an octet for an octet.
    fn are_plain(self) -> bool {
        let is_plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
        [self.shown, self.challenge_id].iter().all(|value| value.bytes().all(is_plain))
    }

    /// As they stand in a mail. The link has the code without its dash.
    fn written(self) -> [String; 3] {
        [self.challenge_id.to_owned(), self.shown.to_owned(), self.shown.replace('-', "")]
    }
}

/// Invented values of the same shape.
struct Sample {
    shown: String,
    challenge_id: String,
}

impl Sample {
    /// Two that differ at each place.
    fn two(values: Values<'_>) -> [Self; 2] {
        [3, 20].map(|seed| Self::like(values, seed))
    }

    fn like(values: Values<'_>, seed: usize) -> Self {
        const SIGNS: &[u8; 32] = b"Q7ZK3XWV9JY4GH8M2PR6TB5NCDF0SE1A";
        let invent = |value: &str, seed: usize| -> String {
            let sign = |(at, c)| if c == '-' { c } else { char::from(SIGNS[(seed + 5 * at + at / 7) % SIGNS.len()]) };
            value.chars().enumerate().map(sign).collect()
        };
        Self { shown: invent(values.shown, seed), challenge_id: invent(values.challenge_id, seed + 11) }
    }

    fn values(&self) -> Values<'_> {
        Values { shown: &self.shown, challenge_id: &self.challenge_id }
    }
}

/// By language, minutes, and the lengths of all values. None: it turned out that this mail cannot be had so.
type Kept = HashMap<(String, u32, [usize; 3]), Option<Arc<Stencil>>>;

/// All that are kept.
#[derive(Default)]
pub(super) struct Stencils(Mutex<Kept>);

impl Stencils {
    /// A mail of its stencil, which is made of two samples the first time. None if there is no such stencil: `content` is to
    /// be encoded by itself then.
    ///
    /// # Errors
    /// Those of `encode`.
    pub(super) fn encoded(
        &self,
        language: &str,
        content: &Content<'_>,
        encode: impl Fn(&Content<'_>) -> Result<Encoded, ComposeError>,
    ) -> Result<Option<Encoded>, ComposeError> {
        let Some((values, minutes_left)) = Values::of(content).filter(|(values, _)| values.are_plain()) else {
            return Ok(None);
        };
        let key = (language.to_owned(), minutes_left, values.written().map(|value| value.len()));
        let (kept, is_full) = {
            let kept = self.lock();
            (kept.get(&key).cloned(), kept.len() >= MOST)
        };
        match kept {
            Some(kept) => return Ok(kept.map(|stencil| stencil.fill(values))),
            // Samples that are not kept would cost two mails more.
            None if is_full => return Ok(None),
            None => {}
        }
        let samples = Sample::two(values);
        let [first, second] = samples.each_ref().map(|sample| {
            let Values { shown, challenge_id } = sample.values();
            encode(&Content::Code { shown, challenge_id, minutes_left })
        });
        let stencil = Stencil::cut(first?, samples[0].values());
        // What stands in a mail by chance as well, or is written in another way, is found out by a second one.
        let is_true = stencil.fill(samples[1].values()) == second?;
        let stencil = is_true.then(|| Arc::new(stencil));
        self.lock().insert(key, stencil.clone());
        Ok(stencil.map(|stencil| stencil.fill(values)))
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
    /// Which of [`Values::written`], and which octets of it.
    value: usize,
    from: usize,
    to: usize,
}

impl Stencil {
    fn cut(sample: Encoded, values: Values<'_>) -> Self {
        let (written, mut gaps, mut at) = (values.written(), Vec::new(), 0);
        while at < sample.body.len() {
            let found = (0..written.len()).find_map(|value| Some((value, find(&sample.body[at..], &written[value])?)));
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
    fn fill(&self, values: Values<'_>) -> Encoded {
        let (written, mut filled) = (values.written(), self.sample.clone());
        for Gap { at, value, from, to } in &self.gaps {
            filled.body[*at..*at + (to - from)].copy_from_slice(&written[*value].as_bytes()[*from..*to]);
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

/// The codes and ids of the samples of a stencil for such values.
#[cfg(test)]
pub(super) fn samples(shown: &str, challenge_id: &str) -> [(String, String); 2] {
    Sample::two(Values { shown, challenge_id }).map(|sample| (sample.shown, sample.challenge_id))
}
