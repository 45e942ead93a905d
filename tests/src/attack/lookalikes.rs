//! Other spellings of an address: what reaches somebody's account must be the address and nothing that looks like it.

/// Characters that look, sound, fold or normalise like one of ASCII, by what they are mistaken for.
const ALIKE: [(char, &str); 12] = [
    ('a', "аαạàáâãäåāăąⓐⒶ𝐚𝚊ₐᵃ"),
    ('e', "еéèêëēęėẹⓔ𝐞ℯₑ"),
    ('i', "ıіìíîïīįị¡ⓘ𝐢ⅈⅰİ"),
    ('k', "ĸκкķḱⓚ𝐤\u{212a}ₖ"),
    ('m', "мṁḿⓜ𝐦ⅿₘ"),
    ('o', "оοøòóôõöōőọ૦ⓞ𝐨ºₒ"),
    ('s', "ѕſśŝşšșⓢ𝐬ₛ"),
    ('c', "сςçćčⓒ𝐜ⅽ"),
    ('l', "ӏĺļľłⓛ𝐥ⅼℓ"),
    ('p', "рρṗⓟ𝐩ₚ"),
    ('x', "хχẋⓧ𝐱ⅹ"),
    ('n', "пñńņňⓝ𝐧ₙ"),
];

/// Characters that nobody sees, or that turn around what follows.
const UNSEEN: [char; 16] = [
    '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{00ad}', '\u{034f}', '\u{061c}', '\u{200e}',
    '\u{200f}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{180e}', '\u{fe0f}',
];

/// Spaces and controls.
const BLANK: [char; 19] = [
    ' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '\0', '\u{7f}', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}', '\u{2003}',
    '\u{2009}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}',
];

/// Every other spelling of `local@domain` that somebody might mistake for it, each once. None is the address in other
/// ASCII capitals: that *is* the address.
///
/// # Panics
/// If the address has no @.
#[must_use]
pub fn of(address: &str) -> Vec<String> {
    let (local, domain) = address.split_once('@').expect("an address has an @");
    let mut all = Vec::new();
    // One character in another dress, everywhere it stands; and everything in full width.
    for (plain, dressed) in ALIKE {
        for (at, _) in address.match_indices(plain) {
            all.extend(dressed.chars().map(|other| replaced(address, at, &other.to_string())));
        }
    }
    for (at, c) in address.char_indices() {
        all.push(replaced(address, at, &wide(c)));
    }
    all.push(address.chars().map(wide).collect());
    all.push(format!("{}@{domain}", local.chars().map(wide).collect::<String>()));
    // What two code points make one, what one makes two, and what case folding does.
    for mark in ['\u{301}', '\u{307}', '\u{308}', '\u{338}', '\u{20dd}'] {
        for at in 1..=local.len() {
            all.push(inserted(address, at, &mark.to_string()));
        }
    }
    all.extend(["ß", "ﬁ", "ﬀ", "ǆ", "İ", "ŉ"].map(|folded| format!("{local}{folded}@{domain}")));
    all.extend(["\u{212a}", "Å", "ſ", "ı", "İ"].map(|folded| format!("{folded}{}@{domain}", &local[1..])));
    // What is not seen, in front, within, behind and around the @.
    let ends = [0, 1, local.len(), local.len() + 1, address.len()];
    for c in UNSEEN.into_iter().chain(BLANK) {
        all.extend(ends.map(|at| inserted(address, at, &c.to_string())));
    }
    all.extend(["@", "＠", "﹫", "%40", "&#64;", "\\u0040", "=40"].map(|at| format!("{local}{at}{domain}")));
    all.extend(["。", "．", "｡", "․", "%2e", ".."].map(|dot| format!("{local}@{}", domain.replacen('.', dot, 1))));
    // Percent-encoded, once and twice; encoded words; entities.
    let first = u32::from(local.as_bytes()[0]);
    all.extend(
        [
            format!("%{first:02x}"),
            format!("%25{first:02x}"),
            format!("&#{first};"),
            format!("\\u{first:04x}"),
            format!("={first:02X}"),
        ]
        .map(|first| format!("{first}{}@{domain}", &local[1..])),
    );
    all.push(format!("=?utf-8?q?{local}?=@{domain}"));
    // Other forms of an address (RFC 5322) and other parts of it.
    for other in [
        format!("{local}.@{domain}"),
        format!(".{local}@{domain}"),
        format!("{local}+x@{domain}"),
        format!("{local}+@{domain}"),
        format!("\"{local}\"@{domain}"),
        format!("\"{local}@{domain}\""),
        format!("{local}(x)@{domain}"),
        format!("(x){local}@{domain}"),
        format!("<{address}>"),
        format!("X <{address}>"),
        format!("mailto:{address}"),
        format!("{address}."),
        format!("{local}@.{domain}"),
        format!("{local}@{domain}:25"),
        format!("{local}@www.{domain}"),
        format!("{local}@[{domain}]"),
        format!("{local}@{domain},{address}"),
        format!("{address};{address}"),
        format!("x@example.org,{address}"),
        format!("x@example.org {address}"),
        format!("@example.org:{address}"),
        format!("{local}%{domain}@example.org"),
        format!("{domain}!{local}@example.org"),
        format!("{address}@example.org"),
        format!("{local}@{local}@{domain}"),
        format!("{address}\r\nBcc: x@example.org"),
        format!("{address}%0aBcc:x@example.org"),
        format!("{address}\0.example.org"),
        format!("{address}#x"),
        format!("{address}?x"),
        format!("{address}/x"),
        format!("\\{address}"),
        format!("'{address}'"),
        format!("{local}' OR '1'='1@{domain}"),
        format!("{local}--@{domain}"),
        format!("{local}@{}", domain.replace('.', "")),
        format!("{}%@{domain}", &local[..1]),
        format!("{}@{domain}", "_".repeat(local.len())),
        format!("%@{domain}"),
        format!("{local}@xn--{domain}"),
        local.to_owned(),
        format!("@{domain}"),
        format!("{local}@"),
        format!("{local}@{domain}\u{0}"),
        address.replace('i', "1").replace('o', "0"),
    ] {
        all.push(other);
    }
    all.sort();
    all.dedup();
    all.retain(|other| !other.eq_ignore_ascii_case(address));
    all
}

fn replaced(text: &str, at: usize, with: &str) -> String {
    format!("{}{with}{}", &text[..at], &text[at + 1..])
}

fn inserted(text: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..at], &text[at..])
}

/// The full-width form of a visible ASCII character.
fn wide(c: char) -> String {
    char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundreds_of_spellings_are_made_and_none_is_the_address() {
        let all = of("mike@example.com");
        assert!(all.len() > 400, "{}", all.len());
        for one in ["mıke@example.com", "mi\u{4b}e@example.com".replace('K', "\u{212a}").as_str(), "ｍike@example.com"]
        {
            assert!(all.iter().any(|other| other == one), "{one:?}");
        }
        assert!(!all.iter().any(|other| other.eq_ignore_ascii_case("mike@example.com")));
    }
}
