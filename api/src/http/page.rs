//! The page on which people reset their password, out of the program itself.
//!
//! `make web` builds it, `api/build.rs` puts its files into the program, and here the settings are written into it,
//! once at start. The crates for this (rust-embed, include_dir, static-serve) either read from the disk in debug
//! builds, know nothing of files that are packed already, or bring a web framework; a list of `include_bytes!` needs
//! none of them. A path is looked up in that list and never put together, so there is none that leads outside.

mod built;
mod coding;
mod index;
mod policy;
mod served;
mod settings;

use std::collections::BTreeMap;

pub use built::{BUILT, Built};
use entity::{
    brand::{Brand, Scheme},
    hex::hex,
    locale::{self, Locale},
};
use poem::{
    IntoResponse as _, Request, Response,
    http::{Method, header},
};
pub use policy::ends as policy_ends;
pub use served::Served;
pub use settings::PageSettings;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::problem::Refusal;

/// Methods that the page's files take.
pub const METHODS: &str = "GET, HEAD";
/// What logs call any file beside the page.
pub const ASSET: &str = "asset";

/// A built page that does not fit this program.
#[derive(Debug, thiserror::Error)]
#[error("the page: {0}")]
pub struct PageError(String);

/// The page with the settings in it.
pub struct Page {
    /// In each language, English first.
    index: Vec<(Locale, Served)>,
    locales: Vec<Locale>,
    /// By their names in the folder `assets`.
    assets: BTreeMap<String, Served>,
}

/// The files that are made of the settings, by their names.
pub struct Made {
    style: String,
    /// With its media type.
    logo: Option<(String, &'static str)>,
}

impl Page {
    /// Fills the built page. `api` is the API's address, where it is not beside the page.
    ///
    /// # Errors
    /// If the built page has no place for a setting.
    pub fn new(built: &Built, settings: &PageSettings, api: Option<&Url>) -> Result<Self, PageError> {
        let origin = api.map(|url| url.origin().ascii_serialization());
        let policy = |name: &str| policy::of(name, origin.as_deref(), &settings.frame_ancestors);
        let unsaid = |name: &str| PageError(format!("{name}: its tag cannot be said"));

        let mut assets = BTreeMap::new();
        for asset in built.assets {
            let served = Served::built(asset).ok_or_else(|| unsaid(asset.name))?;
            assets.insert(asset.name.to_owned(), guarded(served, &policy(asset.name)));
        }
        let made = make(settings, &policy(""), &mut assets).ok_or_else(|| unsaid("brand"))?;
        let base = api.map(|url| url.as_str().trim_end_matches('/')).unwrap_or_default();
        let mut index = Vec::new();
        for (tag, chunk) in index::chunks(built.manifest)? {
            let html = index::fill(built.index, tag, chunk.as_deref(), &made, settings, base)?;
            let hash = hash(html.as_bytes());
            let served = Served::made(html, &hash).ok_or_else(|| unsaid("index.html"))?;
            let served = with_isolation(served)
                .says(policy::CSP, &policy(""))
                .says(header::CONTENT_TYPE, "text/html; charset=utf-8")
                .says(header::CONTENT_LANGUAGE, tag)
                .says(header::CACHE_CONTROL, "no-cache")
                .says(header::VARY, "Accept-Language");
            index.push((Locale::new(tag), served));
        }
        let locales = index.iter().map(|(locale, _)| locale.clone()).collect();
        Ok(Self { index, locales, assets })
    }

    /// What logs call a path, if it is one of the page's.
    pub fn known(&self, path: &str) -> Option<&'static str> {
        if path == "/" {
            return Some("/");
        }
        self.asset(path).map(|_| ASSET)
    }

    /// The answer to a request for one of the page's paths; nothing for any other path.
    pub fn answer(&self, request: &Request) -> Option<Response> {
        let path = request.uri().path();
        let file = if path == "/" { self.index_for(request.header("accept-language")) } else { self.asset(path) }?;
        Some(match *request.method() {
            Method::GET | Method::HEAD => file.answer(request),
            _ => Refusal::method_not_allowed(METHODS).into_response(),
        })
    }

    /// The page for an `Accept-Language`; without one in English.
    pub fn index_for(&self, wishes: Option<&str>) -> Option<&Served> {
        let locale = locale::choose(&self.locales, None, wishes)?;
        self.index.iter().find(|(own, _)| own == locale).map(|(_, served)| served)
    }

    /// All files beside it, by their names.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Served)> {
        self.assets.iter().map(|(name, served)| (name.as_str(), served))
    }

    fn asset(&self, path: &str) -> Option<&Served> {
        self.assets.get(path.strip_prefix("/assets/")?)
    }
}

/// Makes the files of the brand.
fn make(settings: &PageSettings, policy: &str, assets: &mut BTreeMap<String, Served>) -> Option<Made> {
    let style = style(&settings.brand);
    let hash_of_style = hash(style.as_bytes());
    let name = format!("brand-{hash_of_style}.css");
    let served = Served::made(style, &hash_of_style)?.says(header::CONTENT_TYPE, "text/css; charset=utf-8");
    assets.insert(name.clone(), guarded(served, policy));
    let mut made = Made { style: name, logo: None };
    if let Some(logo) = &settings.brand.logo {
        let hash = hash(logo.bytes());
        let (name, kind) = (format!("logo-{hash}.{}", logo.kind().extension()), logo.kind().media_type());
        let served = Served::made(logo.bytes().to_vec(), &hash)?.says(header::CONTENT_TYPE, kind);
        assets.insert(name.clone(), guarded(served, &policy::of_logo(&settings.frame_ancestors)));
        made.logo = Some((name, kind));
    }
    Some(made)
}

/// An asset's headers.
fn guarded(served: Served, policy: &str) -> Served {
    with_isolation(served).says(policy::CSP, policy).says(header::CACHE_CONTROL, served::IMMUTABLE)
}

fn with_isolation(served: Served) -> Served {
    policy::ISOLATION.iter().fold(served, |served, (name, value)| served.says(name.clone(), value))
}

/// The brand's colours as custom properties. The selector is doubled so that it wins over the page's own defaults,
/// whichever style sheet comes last.
fn style(brand: &Brand) -> String {
    let colors = brand.colors();
    let properties = |Scheme { accent, button, button_text }: Scheme| {
        format!(":root:root{{--accent:{accent};--button:{button};--button-text:{button_text}}}")
    };
    let (light, dark) = (properties(colors.light), properties(colors.dark));
    format!("{light}\n@media (prefers-color-scheme:dark){{{dark}}}\n")
}

/// Sixteen digits of a hash.
fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

#[cfg(test)]
mod tests;
