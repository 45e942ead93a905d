//! What the operator sets is refused by name.

use super::*;

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
/// As much of a PNG as is looked at.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

fn read(variables: &[(&str, &str)]) -> Result<Brand, String> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    Brand::read(&Source::from_parts(None, variables).unwrap()).map_err(|error| error.to_string())
}

#[test]
fn without_settings_it_is_rekey_in_blue() {
    let brand = read(&[]).unwrap();
    assert_eq!((brand.name.as_str(), brand.color.to_string().as_str()), ("Rekey", "#1f5fd0"));
    assert_eq!((brand.logo, brand.support, brand.back_url), (None, None, None));
}

#[test]
fn names_are_visible_and_anything_else() {
    assert_eq!(read(&[("REKEY_SERVICE_NAME", "A \"<b>\" & 例え")]).unwrap().name, "A \"<b>\" & 例え");
    for name in [" ", "a\nb", "a\u{1b}[31m"] {
        assert!(read(&[("REKEY_SERVICE_NAME", name)]).unwrap_err().starts_with("REKEY_SERVICE_NAME"), "{name:?}");
    }
}

#[test]
fn help_is_a_mail_address_or_a_page() {
    let read = |text: &str, mode: &str| read(&[("REKEY_SERVICE_SUPPORT", text), ("REKEY_MODE", mode)]);
    let href = |text: &str| read(text, "production").unwrap().support.unwrap().href;
    assert_eq!(href("help@example.com"), "mailto:help@example.com");
    assert_eq!(href("a?b&c=d%@example.com"), "mailto:a%3Fb%26c%3Dd%25@example.com");
    assert_eq!(href("https://example.com/help?a=\"b\""), "https://example.com/help?a=%22b%22");
    for text in ["help", "javascript:alert(1)", "http://example.com", "https://a:b@example.com", "mailto:a@b.c"] {
        assert!(read(text, "production").unwrap_err().starts_with("REKEY_SERVICE_SUPPORT"), "{text}");
        assert!(read(text, "development").is_err(), "{text}");
    }
    assert!(read("http://localhost:3000/help", "development").is_ok());
    assert!(read("http://localhost:3000/help", "production").is_err());
}

#[test]
fn the_way_back_is_a_page_of_the_application() {
    let read = |text: &str, mode: &str| read(&[("REKEY_SERVICE_BACK_URL", text), ("REKEY_MODE", mode)]);
    for text in ["https://app.example.com/login?from=reset", "http://127.0.0.1:3000/"] {
        assert_eq!(read(text, "production").unwrap().back_url.unwrap().as_str(), text);
    }
    assert!(read("http://app.example.com/", "development").is_ok());
    for text in ["http://app.example.com/", "https://user@app.example.com/", "javascript:alert(1)", "data:,", "/login"]
    {
        let refusal = read(text, "production").unwrap_err();
        assert!(refusal.starts_with("REKEY_SERVICE_BACK_URL"), "{text}: {refusal}");
    }
    assert!(!read("https://user:canary@app.example.com", "production").unwrap_err().contains("canary"));
}

#[test]
fn logos_are_told_by_their_content() {
    let logo = Logo::new(PNG.to_vec()).unwrap();
    assert_eq!((logo.kind(), logo.bytes()), (LogoKind::Png, PNG));
    assert_eq!(Logo::new(SVG.into()).unwrap().kind(), LogoKind::Svg);
    let large = [PNG, &[0; 64 * 1024]].concat();
    for bytes in [b"".to_vec(), b"GIF89a".to_vec(), b"\xff\xd8\xff".to_vec(), PNG[..16].to_vec(), large] {
        assert!(Logo::new(bytes).is_err());
    }
}

#[test]
fn a_logo_is_read_at_start_and_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("logo.png");
    let path = file.to_str().unwrap();
    let refused = || read(&[("REKEY_SERVICE_LOGO", path)]).unwrap_err();
    assert!(refused().starts_with("REKEY_SERVICE_LOGO: "), "{}", refused());
    std::fs::write(&file, "no picture").unwrap();
    assert!(refused().starts_with("REKEY_SERVICE_LOGO: "), "{}", refused());
    std::fs::write(&file, vec![b' '; 64 * 1024 + 1]).unwrap();
    assert!(refused().contains("64 KiB"), "{}", refused());
    // The name says PNG, the content SVG: the content counts.
    std::fs::write(&file, SVG).unwrap();
    assert_eq!(read(&[("REKEY_SERVICE_LOGO", path)]).unwrap().logo.unwrap().kind(), LogoKind::Svg);
    let endless = read(&[("REKEY_SERVICE_LOGO", "/dev/zero")]).unwrap_err();
    assert!(endless.contains("64 KiB"), "{endless}");
}
