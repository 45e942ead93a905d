//! The page with settings in it, out of a small one that was not built.

use entity::settings::Source;

use super::{
    built::{Asset, Coded},
    *,
};

const fn asset(name: &'static str, kind: &'static str) -> Asset {
    Asset { name, kind, plain: Coded { bytes: b"file", hash: "1" }, br: None, gzip: None }
}

const INDEX: &str = r#"<!doctype html>
<html lang="en" dir="ltr">
<head>
<title>Rekey</title>
<!--rekey:head--><!--/rekey:head-->
<script type="application/json" id="settings">{}</script>
</head>
<body></body>
</html>
"#;

static SMALL: Built = Built {
    index: INDEX,
    manifest: r#"{
        "../entity/texts/de.ftl": { "file": "assets/de-1.js" },
        "../entity/texts/ar.ftl": { "file": "assets/ar-1.js" },
        "index.html": { "file": "assets/index-1.js" }
    }"#,
    assets: &[
        asset("index-1.js", "text/javascript; charset=utf-8"),
        asset("strength-worker-1.js", "text/javascript; charset=utf-8"),
    ],
};

fn page(variables: &[(&str, &str)], api: Option<&str>) -> Page {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
    let settings = PageSettings::read(&Source::from_parts(None, variables).unwrap()).unwrap();
    Page::new(&SMALL, &settings, api.map(|url| url.parse().unwrap()).as_ref()).unwrap()
}

fn html(page: &Page, wishes: Option<&str>) -> String {
    String::from_utf8(page.index_for(wishes).unwrap().plain().to_vec()).unwrap()
}

/// The settings as the script reads them.
fn block(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("id=\"settings\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn header_of(served: &Served, wanted: &str) -> String {
    served.headers().find(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned()).unwrap_or_default()
}

#[test]
fn the_built_page_has_every_place_and_the_words_of_every_language() {
    let settings = PageSettings::read(&Source::from_parts(None, []).unwrap()).unwrap();
    let page = Page::new(&BUILT, &settings, None).unwrap();
    for (tag, chunk) in index::chunks(BUILT.manifest).unwrap() {
        let chunk = chunk.unwrap_or_else(|| panic!("{tag}: no file with its words"));
        assert!(page.asset(&format!("/assets/{chunk}")).is_some(), "{chunk}");
        assert!(html(&page, Some(tag)).contains(&format!("<html lang=\"{tag}\"")));
    }
}

#[test]
fn each_language_has_its_page() {
    let page = page(&[], None);
    let arabic = html(&page, Some("ar-EG, en;q=0.5"));
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(arabic.contains("<link rel=\"modulepreload\" href=\"assets/ar-1.js\">"));
    assert!(!arabic.contains("de-1.js"));
    assert!(html(&page, Some("de")).contains("<html lang=\"de\" dir=\"ltr\">"));
    // Without a file of its own nothing is loaded ahead.
    assert!(!html(&page, Some("ja")).contains("modulepreload"));
    for wishes in [None, Some(""), Some("tlh"), Some("\" onload=\"")] {
        assert!(html(&page, wishes).contains("<html lang=\"en\" dir=\"ltr\">"), "{wishes:?}");
    }
}

#[test]
fn the_settings_are_in_the_page() {
    let page = page(
        &[
            ("REKEY_SERVICE_NAME", "Acme"),
            ("REKEY_SERVICE_SUPPORT", "help@acme.example"),
            ("REKEY_SERVICE_BACK_URL", "https://acme.example/login"),
            ("REKEY_CODE_FORMAT", "digits-6"),
            ("REKEY_PASSWORD_MIN_LENGTH", "8"),
            ("REKEY_PASSWORD_NORMALIZE", "none"),
            ("REKEY_SECOND_FACTOR_POLICY", "proof"),
            ("REKEY_SECOND_FACTOR_URL", "https://acme.example/factor"),
            ("REKEY_SECOND_FACTOR_CONTACT", "desk@acme.example"),
        ],
        None,
    );
    let html = html(&page, None);
    assert!(html.contains("<title>Acme</title>"));
    let expected = serde_json::json!({
        "api": "", "service": "Acme", "logo": null, "support": "mailto:help@acme.example",
        "back": "https://acme.example/login", "code": "digits-6", "minLength": 8, "normalize": "none",
        "secondFactor": "https://acme.example/factor", "contact": "mailto:desk@acme.example",
    });
    assert_eq!(block(&html), expected);
}

#[test]
fn a_hostile_name_stays_inert() {
    for name in [
        "</script><script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<!--<script>",
        "<!--rekey:head--><!--/rekey:head-->",
        "\"'&amp;",
        "\\\"}",
        "a\u{2028}b\u{2029}c",
        "{}",
        "$1 \\0",
    ] {
        let html = html(&page(&[("REKEY_SERVICE_NAME", name)], None), None);
        assert_eq!(block(&html)["service"], name);
        let tags = |text: &str| text.matches('<').count();
        assert_eq!(tags(&html), tags(&self::html(&page(&[], None), None)), "{name}");
        let (_, data) = html.split_once("id=\"settings\">").unwrap();
        let (data, _) = data.split_once("</script>").unwrap();
        assert!(!data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{name}");
    }
}

#[test]
fn a_logo_is_a_file_that_can_do_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logo");
    std::fs::write(&path, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let page = page(&[("REKEY_SERVICE_LOGO", path.to_str().unwrap())], None);
    let html = html(&page, None);
    let name = block(&html)["logo"].as_str().unwrap().to_owned();
    assert!(html.contains(&format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{name}\">")));
    let served = page.asset(&format!("/{name}")).unwrap();
    assert_eq!(header_of(served, "content-type"), "image/svg+xml");
    let policy = header_of(served, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors"), "{policy}");
}

#[test]
fn the_brands_colours_are_a_style_sheet_whose_name_changes_with_them() {
    let style = |color| {
        let page = page(&[("REKEY_SERVICE_COLOR", color)], None);
        let (name, served) = page.assets().find(|(name, _)| name.starts_with("brand-")).unwrap();
        assert!(html(&page, None).contains(&format!("<link rel=\"stylesheet\" href=\"assets/{name}\">")));
        (name.to_owned(), String::from_utf8(served.plain().to_vec()).unwrap())
    };
    let (blue, sheet) = style("#1f5fd0");
    assert!(
        sheet.starts_with(":root:root{--accent:#1f5fd0;--button:#1f5fd0;--button-text:#ffffff}\n@media"),
        "{sheet}"
    );
    assert_ne!(blue, style("#d01f5f").0);
}

#[test]
fn the_estimator_alone_may_compile_webassembly() {
    let page = page(&[], None);
    let may = |name: &str| header_of(page.asset(name).unwrap(), "content-security-policy").contains("wasm-unsafe-eval");
    assert!(may("/assets/strength-worker-1.js") && !may("/assets/index-1.js"));
    assert!(!header_of(page.index_for(None).unwrap(), "content-security-policy").contains("unsafe"));
}

#[test]
fn an_api_elsewhere_is_in_the_settings_and_its_origin_in_the_policy() {
    let page = page(&[], Some("https://api.example.com/reset/"));
    assert_eq!(block(&html(&page, None))["api"], "https://api.example.com/reset");
    let policy = header_of(page.index_for(None).unwrap(), "content-security-policy");
    assert!(policy.contains("connect-src 'self' https://api.example.com;"), "{policy}");
}

#[test]
fn paths_are_looked_up_and_never_put_together() {
    let page = page(&[], None);
    assert_eq!((page.known("/"), page.known("/assets/index-1.js")), (Some("/"), Some(ASSET)));
    for path in [
        "",
        "/index.html",
        "/assets",
        "/assets/",
        "/assets/.",
        "/assets/../assets/index-1.js",
        "/assets/%69ndex-1.js",
        "/assets//index-1.js",
        "//assets/index-1.js",
        "/assets/index-1.js/",
        "/assets/index-1.js.br",
        "/assets/INDEX-1.js",
        "/assets/..%2f..%2fetc%2fpasswd",
    ] {
        assert_eq!(page.known(path), None, "{path}");
    }
}

#[test]
fn a_page_that_lacks_a_place_is_refused() {
    let settings = PageSettings::read(&Source::from_parts(None, []).unwrap()).unwrap();
    for index in [INDEX.replace("<title>Rekey</title>", ""), INDEX.replace("</head>", "<title>Rekey</title></head>")] {
        let index: &'static str = index.leak();
        assert!(Page::new(&Built { index, ..SMALL }, &settings, None).is_err());
    }
}
