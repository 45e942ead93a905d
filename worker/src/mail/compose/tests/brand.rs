//! Logo, colours and help.

use std::fs;

use mail_parser::MimeHeaders;

use super::*;

/// As much of a PNG as is looked at: 200 by 50 pixels.
pub(super) fn png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([0, 0, 0, 200, 0, 0, 0, 50, 8, 6, 0, 0, 0]);
    png.resize(3000, 7);
    png
}

pub(super) fn with_logo(bytes: &[u8]) -> Composer {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    composer(&[("REKEY_SERVICE_LOGO", file.path().to_str().unwrap())])
}

#[test]
fn r63_a_logo_is_a_part_of_the_mail_and_nothing_is_loaded() {
    let composer = with_logo(&png());
    for locale in composer.locales() {
        for (_, content) in samples() {
            let raw = compose(&composer, "j", locale.as_str(), content);
            assert!(raw.is_ascii() && raw.lines().all(|line| line.len() <= 998));
            let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
            let html = message.body_html(0).unwrap();
            let image = html.split("<img ").nth(1).unwrap().split('>').next().unwrap();
            assert!(image.contains("src=\"cid:logo@example.com\" alt=\"Tom &amp; &quot;Co&quot;\""), "{image}");
            assert!(image.contains("width=\"144\" height=\"36\""), "{image}");
            assert_eq!((html.matches("<img").count(), html.matches("src=").count()), (1, 1));
            for loaded in ["url(", "@import", "<link", "<script"] {
                assert!(!html.contains(loaded), "{loaded}");
            }
            let part = message.parts.iter().find(|part| part.content_id() == Some("logo@example.com")).unwrap();
            assert_eq!(part.contents(), png());
            assert_eq!(part.content_type().map(|kind| (kind.ctype(), kind.subtype())), Some(("image", Some("png"))));
            assert!(part.content_disposition().unwrap().is_inline());
            assert!(message.body_text(0).is_some());
        }
    }
}

#[test]
fn an_svg_stays_on_the_page() {
    let raw = compose(&with_logo(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "j", "en", code());
    let (_, html) = bodies(&raw);
    assert!(!html.contains("<img") && !raw.contains("multipart/related"));
    assert!(html.contains(">Tom &amp; &quot;Co&quot;</td>"), "the name stands in its place");
}

#[test]
fn button_and_links_have_the_brands_colours_in_both_schemes() {
    let color = [("REKEY_SERVICE_COLOR", "#ffd500")];
    let (_, html) = bodies(&compose(&composer(&color), "j", "en", code()));
    let colors = settings(&color).unwrap().brand.colors();
    assert!(!html.contains("#1f5fd0"));
    for color in [colors.light.accent, colors.light.button, colors.light.button_text] {
        assert!(html.contains(&format!("color:{color};")), "{color}");
    }
    for color in [colors.dark.accent, colors.dark.button, colors.dark.button_text] {
        assert!(html.matches(&format!("color: {color} !important")).count() >= 2, "{color}");
    }
    let grounds = [entity::brand::LIGHT, entity::brand::DARK];
    for color in grounds.iter().flat_map(|ground| [ground.page, ground.card]) {
        assert!(html.contains(&color.to_string()), "the contrast was reckoned on {color}");
    }
}

#[test]
fn help_is_named_only_if_there_is_some() {
    let (text, html) = bodies(&compose(&composer(&[]), "j", "en", code()));
    assert!(!text.contains("Need help?") && !html.contains("Need help?"));
    let hostile = "https://example.com/?a&b=\"><b>";
    let composer = composer(&[("REKEY_SERVICE_SUPPORT", hostile)]);
    let (text, html) = bodies(&compose(&composer, "j", "en", code()));
    assert!(text.contains(&format!("Need help? {hostile}")), "{text}");
    assert!(html.contains("href=\"https://example.com/?a&amp;b=%22%3E%3Cb%3E\"") && !html.contains("<b>"), "{html}");
}

#[test]
fn the_list_of_mails_shows_no_code() {
    let (_, html) = bodies(&compose(&composer(&[]), "j", "en", code()));
    let hidden = html.split("display:none").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(hidden.contains("expires in 9 minutes.") && !hidden.contains("7K3M"));
    assert!(hidden.matches("&nbsp;").count() >= 100, "a list shows up to about 100 characters");
}
