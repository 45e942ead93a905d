//! The page's HTML, with the settings written into its places.

use entity::{
    code::CodeFormat,
    texts::{Direction, LANGUAGES},
};
use serde_json::{Value, json};

use super::{Made, PageError, PageSettings};
use crate::password::Normalize;

const HTML: &str = "<html lang=\"en\" dir=\"ltr\">";
const TITLE: &str = "<title>Rekey</title>";
const HEAD: &str = "<!--rekey:head--><!--/rekey:head-->";
const SETTINGS: &str = "<script type=\"application/json\" id=\"settings\">{}</script>";

/// Fills the places. `tag` is one of our languages; `chunk` is the name of the file with its words, which is loaded
/// ahead of being asked for; `api` is the base of the API's URLs, empty where it is beside the page.
///
/// # Errors
/// If the built page has a place twice or not at all.
pub fn fill(
    index: &str,
    tag: &str,
    chunk: Option<&str>,
    made: &Made,
    settings: &PageSettings,
    api: &str,
) -> Result<String, PageError> {
    let html = format!("<html lang=\"{tag}\" dir=\"{}\">", Direction::of(tag).as_str());
    let title = format!("<title>{}</title>", escape(&settings.brand.name));
    let block = SETTINGS.replace("{}", &inert(&block(made, settings, api)));
    let mut page = index.to_owned();
    // What is put in has no place of its own: texts of the settings come without `<`.
    for (place, with) in [(HTML, html), (TITLE, title), (HEAD, head(chunk, made)), (SETTINGS, block)] {
        if page.matches(place).count() != 1 {
            return Err(PageError(format!("index.html has not one {place}")));
        }
        page = page.replacen(place, &with, 1);
    }
    Ok(page)
}

/// All names in it are ours: letters, digits, dots and hyphens.
fn head(chunk: Option<&str>, made: &Made) -> String {
    let mut head = format!("<link rel=\"stylesheet\" href=\"assets/{}\">", made.style);
    head += &match &made.logo {
        Some((name, kind)) => format!("\n<link rel=\"icon\" type=\"{kind}\" href=\"assets/{name}\">"),
        // Without one browsers ask for /favicon.ico.
        None => "\n<link rel=\"icon\" href=\"data:,\">".to_owned(),
    };
    if let Some(chunk) = chunk {
        head += &format!("\n<link rel=\"modulepreload\" href=\"assets/{chunk}\">");
    }
    head
}

/// What the script reads: `Settings` in web-ui/src/settings.ts.
fn block(made: &Made, settings: &PageSettings, api: &str) -> Value {
    let code = match settings.code_format {
        CodeFormat::Base32x8 => "base32-8",
        CodeFormat::Digits8 => "digits-8",
        CodeFormat::Digits6 => "digits-6",
    };
    let normalize = match settings.normalize {
        Normalize::Nfc => "nfc",
        Normalize::None => "none",
    };
    json!({
        "api": api,
        "service": settings.brand.name,
        "logo": made.logo.as_ref().map(|(name, _)| format!("assets/{name}")),
        "support": settings.brand.support.as_ref().map(|support| &support.href),
        "back": settings.brand.back_url.as_ref().map(url::Url::as_str),
        // Only a statement that is asked for has a way to it; whom to ask helps in any case.
        "secondFactor": settings.second_factor.proof_url().map(url::Url::as_str),
        "contact": settings.second_factor.contact.as_ref().map(|contact| &contact.href),
        "code": code,
        "minLength": settings.min_length,
        "normalize": normalize,
    })
}

/// JSON in which neither `</script>` nor `<!--` can stand, and no line end of JavaScript's own.
fn inert(value: &Value) -> String {
    let mut text = value.to_string();
    for c in ['<', '>', '&', '\u{2028}', '\u{2029}'] {
        text = text.replace(c, &format!("\\u{:04x}", u32::from(c)));
    }
    text
}

/// Text for elements and for attributes in quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// The files with the words of all languages, by Vite's list: sources that end in `<tag>.ftl`.
///
/// # Errors
/// If the list is none.
pub fn chunks(manifest: &str) -> Result<Vec<(&'static str, Option<String>)>, PageError> {
    let manifest: Value = serde_json::from_str(manifest).map_err(|_| PageError("manifest.json is no JSON".into()))?;
    let entries = manifest.as_object().ok_or_else(|| PageError("manifest.json is no object".into()))?;
    let chunk = |tag: &str| {
        let file = format!("{tag}.ftl");
        let (_, entry) = entries.iter().find(|(source, _)| source.rsplit('/').next() == Some(&file))?;
        Some(entry["file"].as_str()?.strip_prefix("assets/")?.to_owned())
    };
    Ok(LANGUAGES.iter().map(|language| (language.tag, chunk(language.tag))).collect())
}
