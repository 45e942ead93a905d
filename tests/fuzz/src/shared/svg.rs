//! A logo as SVG.

use super::drawing::check;

/// Parts of the names of namespaces whose elements browsers do nothing with, whatever they are called.
const INERT: [&str; 6] =
    ["22-rdf-syntax-ns", "creativecommons.org", "web.resource.org", "purl.org", "inkscape.org", "sodipodi"];

/// What is taken names nothing that runs or loads, read as text alone.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if check(text).is_err() {
        return;
    }
    let lower = text.to_ascii_lowercase();
    let has = |part: &&str| lower.contains(part);
    // In comments, in CDATA and in other namespaces, and where letters are spelt by numbers, such a look says nothing.
    if ["<!--", "<![cdata[", "&#"].iter().chain(&INERT).any(has) {
        return;
    }
    // Everywhere else `<` begins an element, the XML declaration or what must not be there.
    for name in ["script", "foreignobject", "image", "a ", "a>", "a/", "iframe", "animate", "set", "feimage"] {
        assert!(!lower.contains(&format!("<{name}")) && !lower.contains(&format!("<svg:{name}")), "<{name} in {text}");
    }
    assert!(!["<!", "<?xml-"].iter().any(has), "{text}");
    for style in lower.split("<style").skip(1) {
        let (tag, rest) = style.split_once('>').unwrap_or_default();
        let rules = rest.split('<').next().unwrap_or_default();
        if !tag.contains(['"', '\'', '/']) {
            assert!(!rules.contains("@import") && !rules.contains("@font-face"), "{text}");
        }
    }
}
