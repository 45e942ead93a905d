//! Which packing of a file a client takes (RFC 9110, section 12.5.3).

/// How the bytes of an answer are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// By brotli.
    Br,
    /// By gzip.
    Gzip,
    /// Not at all.
    Identity,
}

/// From the smallest to the largest: what we choose among those that a client likes alike.
const PREFERRED: [Coding; 3] = [Coding::Br, Coding::Gzip, Coding::Identity];

impl Coding {
    /// As `Content-Encoding` names it.
    pub fn token(self) -> &'static str {
        match self {
            Self::Br => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The best coding that is there and taken. A client that takes none of them gets the file as it is, as the standard
/// allows: a page is of more use than an error. `accepted` is the header, `None` where there is none.
pub fn choose(accepted: Option<&str>, is_there: impl Fn(Coding) -> bool) -> Coding {
    // Who says nothing takes anything by the letter, but may be an old program that unpacks nothing.
    let Some(accepted) = accepted else { return Coding::Identity };
    let mut best = (0, Coding::Identity);
    for coding in PREFERRED.into_iter().filter(|coding| is_there(*coding)) {
        let quality = quality(accepted, coding);
        if quality > best.0 {
            best = (quality, coding);
        }
    }
    best.1
}

/// How much a coding is wanted, in thousandths; 0: not at all.
fn quality(accepted: &str, coding: Coding) -> u16 {
    let entries = || {
        accepted.split(',').filter_map(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let name = parts.next()?;
            let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            Some((name, weight.map_or(Some(1000), thousandths)?))
        })
    };
    let of = |wanted: &str| entries().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, quality)| quality);
    let named = of(coding.token()).or_else(|| if coding == Coding::Gzip { of("x-gzip") } else { None });
    // What is not named is taken by `*`. Without that the file itself will always do, if nothing that is named is there.
    let least = u16::from(coding == Coding::Identity);
    named.or_else(|| of("*")).unwrap_or(least)
}

/// RFC 9110, section 12.4.2: `0` to `1` with three places at most.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, places) = weight.split_once('.').unwrap_or((weight, ""));
    let is_number = ["0", "1"].contains(&whole) && places.len() <= 3 && places.bytes().all(|c| c.is_ascii_digit());
    let thousandths = is_number.then(|| format!("{whole}{places:0<3}").parse().ok()).flatten();
    thousandths.filter(|quality| *quality <= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accepted: &str) -> &'static str {
        choose(Some(accepted), |_| true).token()
    }

    #[test]
    fn the_smallest_that_is_taken_wins() {
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("GZIP", "gzip"),
            ("x-gzip", "gzip"),
            ("br;q=0.5, gzip;q=1.0", "gzip"),
            ("br;q=0.5, gzip;q=0.501", "gzip"),
            ("br ; q=0.9 , gzip;q=0.9", "br"),
            ("br;q=0, gzip", "gzip"),
            ("br;q=0.000, gzip;q=0", "identity"),
            ("*", "br"),
            ("*;q=0.1, br;q=0", "gzip"),
            ("identity, br;q=0.5", "identity"),
            ("identity;q=0.5, br;q=0.4", "identity"),
            ("identity;q=0", "identity"),
            ("identity;q=0, gzip;q=0.1", "gzip"),
            ("*;q=0", "identity"),
            ("*;q=0, gzip", "gzip"),
            ("zstd, compress", "identity"),
            ("gzip;level=9;q=0.1", "gzip"),
            ("", "identity"),
        ] {
            assert_eq!(chosen(accepted), coding, "{accepted}");
        }
        assert_eq!(choose(None, |_| true), Coding::Identity);
    }

    #[test]
    fn what_is_not_there_is_not_chosen() {
        let without_br = |coding| coding != Coding::Br;
        assert_eq!(choose(Some("br, gzip;q=0.1"), without_br), Coding::Gzip);
        assert_eq!(choose(Some("br, identity;q=0"), |coding| coding == Coding::Identity), Coding::Identity);
    }

    #[test]
    fn malformed_weights_count_for_nothing() {
        for entry in
            ["br;q=2", "br;q=1.001", "br;q=0.1234", "br;q=-1", "br;q=NaN", "br;q=", "br;q=1e0", "br;q=é", ",;,"]
        {
            assert_eq!(chosen(entry), "identity", "{entry}");
        }
    }
}
