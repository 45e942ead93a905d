//! One file of the page as it goes over the wire.

use bytes::Bytes;
use poem::{
    Body, Request, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

use super::{
    built::{Asset, Coded},
    coding::{self, Coding},
};

/// How long a file may be kept whose name changes with its content: a year, which stands for ever (RFC 9111).
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A file with everything that is said of it. Nothing of it is copied for an answer.
pub struct Served {
    headers: Vec<(HeaderName, HeaderValue)>,
    plain: Variant,
    br: Option<Variant>,
    gzip: Option<Variant>,
}

/// A file in one coding. Each has a tag of its own, for a tag stands for the very bytes (RFC 9110, section 8.8.3.3).
struct Variant {
    bytes: Bytes,
    tag: HeaderValue,
}

impl Variant {
    fn new(bytes: Bytes, hash: &str, coding: Coding) -> Option<Self> {
        let tag = HeaderValue::from_str(&format!("\"{hash}-{}\"", coding.token())).ok()?;
        Some(Self { bytes, tag })
    }
}

impl Served {
    /// A file that was made at start, with the hash of its bytes.
    pub fn made(bytes: impl Into<Bytes>, hash: &str) -> Option<Self> {
        let plain = Variant::new(bytes.into(), hash, Coding::Identity)?;
        Some(Self { headers: Vec::new(), plain, br: None, gzip: None })
    }

    /// A built file in all of its codings.
    pub fn built(asset: &Asset) -> Option<Self> {
        let variant = |coded: Coded, coding| Variant::new(Bytes::from_static(coded.bytes), coded.hash, coding);
        let (br, gzip) =
            (asset.br.and_then(|it| variant(it, Coding::Br)), asset.gzip.and_then(|it| variant(it, Coding::Gzip)));
        let plain = variant(asset.plain, Coding::Identity)?;
        let served = Self { headers: Vec::new(), plain, br, gzip };
        let is_packed = served.br.is_some() || served.gzip.is_some();
        let served = served.says(header::CONTENT_TYPE, asset.kind);
        Some(if is_packed { served.says(header::VARY, "Accept-Encoding") } else { served })
    }

    /// Adds a header to every answer. A value that is none is left out: ours are visible ASCII.
    pub fn says(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// Its headers but for those that depend on the request.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()))
    }

    /// The file as it is.
    pub fn plain(&self) -> &[u8] {
        &self.plain.bytes
    }

    /// The packed files, each with the end of its name.
    pub fn packed(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        let all = [("br", &self.br), ("gz", &self.gzip)];
        all.into_iter().filter_map(|(ending, variant)| Some((ending, &*variant.as_ref()?.bytes)))
    }

    /// The answer to a GET, and to a HEAD, of whose answer the server cuts the body off.
    pub fn answer(&self, request: &Request) -> Response {
        let coding =
            coding::choose(list(request, &header::ACCEPT_ENCODING).as_deref(), |coding| self.get(coding).is_some());
        let (variant, coding) = self.get(coding).map_or((&self.plain, Coding::Identity), |variant| (variant, coding));
        let is_known = list(request, &header::IF_NONE_MATCH).is_some_and(|tags| names(&tags, &variant.tag));
        let mut response = if is_known {
            Response::builder().status(StatusCode::NOT_MODIFIED).finish()
        } else {
            Response::from(Body::from(variant.bytes.clone()))
        };
        let headers = response.headers_mut();
        for (name, value) in self.headers.iter().filter(|(name, _)| !is_known || *name != header::CONTENT_TYPE) {
            headers.insert(name, value.clone());
        }
        headers.insert(header::ETAG, variant.tag.clone());
        if coding != Coding::Identity && !is_known {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.token()));
        }
        response
    }

    fn get(&self, coding: Coding) -> Option<&Variant> {
        match coding {
            Coding::Br => self.br.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Identity => Some(&self.plain),
        }
    }
}

/// A list that may stand in one header or in several; one that is no text is none.
fn list(request: &Request, name: &HeaderName) -> Option<String> {
    let values: Vec<&str> = request.headers().get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    if values.is_empty() { None } else { Some(values.join(",")) }
}

/// Whether an `If-None-Match` names this tag; a proxy that repacked the file has marked it as weak (RFC 9110,
/// section 13.1.2).
fn names(tags: &str, tag: &HeaderValue) -> bool {
    let same = |named: &str| named == "*" || named.strip_prefix("W/").unwrap_or(named).as_bytes() == tag.as_bytes();
    tags.split(',').map(str::trim).any(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASSET: Asset = Asset {
        name: "main-abc.js",
        kind: "text/javascript; charset=utf-8",
        plain: Coded { bytes: b"plain", hash: "1" },
        br: Some(Coded { bytes: b"br", hash: "2" }),
        gzip: Some(Coded { bytes: b"gzip", hash: "3" }),
    };

    async fn asked(headers: &[(&str, &str)]) -> (Response, String) {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = Served::built(&ASSET).unwrap().answer(&request.finish());
        let body = answer.take_body().into_string().await.unwrap();
        (answer, body)
    }

    #[tokio::test]
    async fn each_coding_has_its_bytes_and_its_tag() {
        for (accepted, coding, body, tag) in [
            ("br, gzip", Some("br"), "br", "\"2-br\""),
            ("gzip", Some("gzip"), "gzip", "\"3-gzip\""),
            ("identity", None, "plain", "\"1-identity\""),
        ] {
            let (answer, got) = asked(&[("accept-encoding", accepted)]).await;
            assert_eq!((answer.header("content-encoding"), got.as_str()), (coding, body));
            assert_eq!((answer.header("etag"), answer.header("vary")), (Some(tag), Some("Accept-Encoding")));
            assert_eq!(answer.header("content-type"), Some(ASSET.kind));
        }
        let (_, body) = asked(&[("accept-encoding", "br;q=0"), ("accept-encoding", "gzip")]).await;
        assert_eq!(body, "gzip", "two headers are one list");
    }

    #[tokio::test]
    async fn a_known_tag_of_the_same_coding_is_not_sent_again() {
        for tags in ["\"2-br\"", "W/\"2-br\"", "\"x\", \"2-br\"", "*"] {
            let (answer, body) = asked(&[("accept-encoding", "br"), ("if-none-match", tags)]).await;
            assert_eq!((answer.status(), body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{tags}");
            assert_eq!(answer.header("etag"), Some("\"2-br\""));
            assert!(answer.header("content-type").is_none() && answer.header("content-encoding").is_none());
        }
        for tags in ["\"1-identity\"", "2-br", "\"2-br", ""] {
            let (answer, _) = asked(&[("accept-encoding", "br"), ("if-none-match", tags)]).await;
            assert_eq!(answer.status(), StatusCode::OK, "{tags}");
        }
    }
}
