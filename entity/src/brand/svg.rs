//! An SVG that only draws.
//!
//! It is served from our origin, and whoever opens it there by itself runs what is in it. So what it may hold is
//! listed, not what it may not; the parser refuses document types and with them entities.

use roxmltree::{Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// What draws: no script, no `foreignObject`, no links, no pictures in the picture, no animation (it can change
/// attributes after they were checked).
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
];

/// What drawing programs write beside the picture; browsers make nothing of it.
const INERT: &[&str] = &[
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
];

/// Looks at the whole document.
///
/// # Errors
/// What is not allowed in it.
pub(super) fn check(text: &str) -> Result<(), String> {
    let document = Document::parse(text).map_err(|error| format!("is neither a PNG nor a well-formed SVG: {error}"))?;
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Err("is neither a PNG nor an SVG".into());
    }
    document.descendants().try_for_each(check_node)
}

fn check_node(node: Node<'_, '_>) -> Result<(), String> {
    if node.is_pi() {
        return Err("has a processing instruction, which may load a style sheet".into());
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name();
    let is_known = match name.namespace() {
        Some(SVG) => ELEMENTS.contains(&name.name()),
        Some(other) => INERT.contains(&other),
        None => false,
    };
    if !is_known {
        return Err(format!("has an element <{}>, which is not allowed: export it as a plain SVG", name.name()));
    }
    for attribute in node.attributes() {
        check_attribute(attribute.name(), attribute.value())
            .map_err(|problem| format!("has an attribute {} that {problem}", attribute.name()))?;
    }
    if name.name() == "style" {
        let text: String =
            node.descendants().filter_map(|inner| if inner.is_text() { inner.text() } else { None }).collect();
        check_style(&text).map_err(|problem| format!("has a <style> that {problem}"))?;
    }
    Ok(())
}

fn check_attribute(name: &str, value: &str) -> Result<(), &'static str> {
    let name = name.to_ascii_lowercase();
    if name.starts_with("on") {
        return Err("runs a script");
    }
    // `xml:base` would make a reference into this document one into another.
    if matches!(name.as_str(), "href" | "src" | "base") && !value.starts_with('#') {
        return Err("refers to something outside");
    }
    check_values(value)
}

fn check_style(text: &str) -> Result<(), &'static str> {
    let mut rules = text.split('@').skip(1);
    // `@import` and `@font-face` load.
    if rules.any(|rule| !rule.starts_with("media")) { Err("has other rules than @media") } else { check_values(text) }
}

/// Many attributes are read as style, so these rules are for all of them.
fn check_values(text: &str) -> Result<(), &'static str> {
    let text = text.to_ascii_lowercase();
    if text.contains('\\') {
        return Err("has a backslash, with which any word can be written in another way");
    }
    if text.contains("javascript:") {
        return Err("runs a script");
    }
    let is_within = |rest: &str| rest.trim_start_matches([' ', '\t', '\r', '\n', '"', '\'']).starts_with('#');
    let loads = !text.split("url(").skip(1).all(is_within)
        || ["image(", "image-set(", "src("].iter().any(|function| text.contains(function));
    if loads { Err("refers to something outside") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(inner: &str) -> Result<(), String> {
        check(&format!("<svg xmlns='{SVG}' xmlns:xlink='http://www.w3.org/1999/xlink'>{inner}</svg>"))
    }

    #[test]
    fn pictures_pass() {
        for inner in [
            "<title>A &amp; B</title><path d='M0 0h9v9z' fill='#1f5fd0'/>",
            "<defs><linearGradient id='a'><stop offset='0' stop-color='red'/></linearGradient></defs><rect fill='url(#a)'/>",
            "<style>@media (prefers-color-scheme: dark) { path { fill: url( '#a' ) } }</style>",
            "<use xlink:href='#a'/><use href='#b'/><!-- on purpose -->",
            "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:li r:resource='http://a.b'/></r:RDF></metadata>",
        ] {
            assert_eq!(with(inner), Ok(()), "{inner}");
        }
        assert_eq!(check(&format!("<?xml version='1.0' encoding='utf-8'?>\n<svg xmlns='{SVG}'/>")), Ok(()));
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for inner in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
            "<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
            "<g onclick='alert(1)'/>",
            "<g ONLOAD='alert(1)'/>",
            "<g x:onload='1' xmlns:x='http://www.w3.org/2001/xml-events'/>",
            "<a href='#x'>x</a>",
            "<image href='https://a.example/a.png'/>",
            "<image href='data:image/png;base64,AA=='/>",
            "<feImage href='#a'/>",
            "<use href='https://a.example/a.svg#x'/>",
            "<use href='&#x6a;avascript:alert(1)'/>",
            "<use xlink:href='//a.example/a.svg#x'/>",
            "<use xlink:href=' https://a.example/#x'/>",
            "<g xml:base='https://a.example/'/>",
            "<rect fill='url(https://a.example/#x)'/>",
            "<rect style='fill:URL(\"//a.example\")'/>",
            "<rect style='fill:u\\72l(https://a.example)'/>",
            "<style>@import 'https://a.example/a.css';</style>",
            "<style>@\\69mport 'https://a.example/a.css';</style>",
            "<style><![CDATA[@import 'https://a.example/a.css';]]></style>",
            "<style>@im<!-- -->port 'https://a.example/a.css';</style>",
            "<style>@font-face { src: url(data:font/woff2;base64,AA==) }</style>",
            "<style>g { background: image-set('https://a.example/a.png' 1x) }</style>",
            "<animate attributeName='href' values='https://a.example'/>",
            "<set attributeName='onclick' to='alert(1)'/>",
            "<iframe src='https://a.example'/>",
            "<?xml-stylesheet href='https://a.example/a.css'?>",
            "<math xmlns='http://www.w3.org/1998/Math/MathML'/>",
            "<g xmlns=''/>",
        ] {
            assert!(with(inner).is_err(), "{inner}");
        }
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        for text in [
            "",
            "text",
            "<svg/>",
            "<html xmlns='http://www.w3.org/1999/xhtml'/>",
            "<svg xmlns='http://www.w3.org/2000/svg'>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
            "<?xml-stylesheet href='https://a.example/a.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        ] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
