//! Under which spellings a secret might have been written down.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::{Digest, Md5};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};

use crate::Secret;
use crate::hex::hex;

/// Every spelling of a secret: as it stands, in other capitals, encoded, escaped, and as a hash without a key.
#[must_use]
pub fn of(secret: &Secret) -> Vec<String> {
    let mut all = Vec::new();
    for form in forms(secret.expose()) {
        all.extend(encoded(form.as_bytes()));
        let hashes = [&SHA1_FOR_LEGACY_USE_ONLY, &SHA256, &SHA384, &SHA512]
            .map(|hash| digest(hash, form.as_bytes()).as_ref().to_vec());
        for hash in hashes.into_iter().chain([Md5::digest(form.as_bytes()).to_vec()]) {
            // Cut hashes are found too: nobody keeps fewer than 64 bits of one.
            let hex = hex(&hash[..8]);
            all.extend([hex.to_uppercase(), hex]);
            all.extend([STANDARD_NO_PAD.encode(&hash[..9]), URL_SAFE_NO_PAD.encode(&hash[..9])]);
        }
        all.push(form);
    }
    all.sort();
    all.dedup();
    all
}

/// As a user types it, as a program keeps it, and as a URL has it.
fn forms(text: &str) -> Vec<String> {
    let plain = text.replace('-', "");
    let mut all = vec![text.to_owned(), plain.clone()];
    if plain.len() == 8 {
        all.extend(["-", " ", "%2D", "%2d", "\u{2011}"].map(|dash| format!("{}{dash}{}", &plain[..4], &plain[4..])));
    }
    let lower: Vec<String> = all.iter().map(|form| form.to_lowercase()).collect();
    all.extend(lower);
    all
}

/// In base64 wherever in a longer text it stands, in hexadecimal, percent-encoded, and as a list of octets, which is how
/// Rust shows bytes.
fn encoded(bytes: &[u8]) -> Vec<String> {
    let hex = hex(bytes);
    let percent: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let octets: Vec<String> = bytes.iter().take(8).map(u8::to_string).collect();
    let escaped: String = bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    let mut all =
        vec![hex.to_uppercase(), hex, percent.to_lowercase(), percent, octets.join(", "), octets.join(","), escaped];
    for before in 0..3_usize {
        let shifted = [&vec![0; before][..], bytes].concat();
        // What the neighbours' bits are part of is left out.
        let first = (before * 8).div_ceil(6);
        let last = shifted.len() * 8 / 6;
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            all.push(engine.encode(&shifted)[first..last].to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_every_dress() {
        let all = of(&Secret::new("ABCD-2345"));
        for text in [
            "x ABCD-2345",
            "abcd2345",
            "ABCD 2345",
            "ABCD%2D2345",
            "[65, 66, 67, 68, 50, 51, 52, 53]",
            "4142434432333435",
            "%41%42%43%44%32%33%34%35",
            "\\x41\\x42\\x43\\x44\\x32\\x33\\x34\\x35",
            // SHA-256, SHA-1 and MD5 of ABCD2345.
            &STANDARD_NO_PAD.encode(digest(&SHA256, b"ABCD2345")),
            &hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, b"abcd-2345").as_ref()),
            &hex(&Md5::digest(b"ABCD-2345")),
            &STANDARD_NO_PAD.encode("code=ABCD-2345;"),
            &STANDARD_NO_PAD.encode("a code=ABCD2345;"),
            &URL_SAFE_NO_PAD.encode("ab code=abcd2345."),
        ] {
            assert!(all.iter().any(|form| text.contains(form.as_str())), "{text}");
        }
        assert!(!all.iter().any(|form| "ABCD-2346 abcd2354 65, 66, 67, 69".contains(form.as_str())));
        assert!(all.iter().all(|form| form.len() >= 7), "none is so short that chance would find it");
    }
}
