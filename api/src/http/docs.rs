//! Swagger UI at `/docs`, from the API itself and under a policy without inline scripts.
//!
//! The framework has it as one page with everything inline; here it is taken apart into files.

use bytes::Bytes;
use poem::{Endpoint, EndpointExt as _, IntoResponse as _, Response, Route, endpoint::make_sync, get};

/// The files beside the page, by their names below `/docs/`.
pub const FILES: [(&str, &str); 3] = [
    ("swagger-ui.css", "text/css; charset=utf-8"),
    ("swagger-ui.js", "text/javascript; charset=utf-8"),
    ("start.js", "text/javascript; charset=utf-8"),
];

/// What the page may load: its own files, the specification, and the pictures inside its style sheet. Swagger UI sets
/// `style` attributes.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'";

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rekey API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<script src="/docs/swagger-ui.js" defer></script>
<script src="/docs/start.js" defer></script>
</head>
<body><div id="ui"></div></body>
</html>
"#;

/// The calls stand in the order in which a reset makes them, not in that of the alphabet.
const START: &str = "const steps = ['request', 'verify', 'confirm'];
const step = (operation) => steps.findIndex((name) => operation.get('path').endsWith(name));
SwaggerUIBundle({
  dom_id: '#ui',
  url: '/openapi.json',
  deepLinking: true,
  validatorUrl: null,
  operationsSorter: (a, b) => step(a) - step(b),
});
";

/// The page and its files, out of the framework's page.
pub fn route(inline: &str) -> impl Endpoint<Output = Response> + use<> {
    let (style, script) = take_apart(inline).unwrap_or_default();
    if script.is_empty() {
        tracing::error!("Swagger UI is not where the framework used to keep it: /docs stays empty");
    }
    // Shared, not copied: the bundle is large, and whoever asks for it often must not fill the memory.
    let file = |place: usize, text: String| {
        let ((name, kind), text) = (FILES[place], Bytes::from(text));
        (name, get(make_sync(move |_| text.clone().with_content_type(kind))))
    };
    let (css, js, start) = (file(0, style), file(1, script), file(2, START.to_owned()));
    Route::new()
        .at("/", get(make_sync(|_| PAGE.with_content_type("text/html; charset=utf-8"))))
        .at(css.0, css.1)
        .at(js.0, js.1)
        .at(start.0, start.1)
        .map_to_response()
}

/// The text of the first style and the first script.
fn take_apart(page: &str) -> Option<(String, String)> {
    let between = |start: &str, end: &str| {
        let (_, rest) = page.split_once(start)?;
        // The bundle speaks of closing tags in its strings, so the end is where the page goes on as it must.
        let (text, _) = rest.split_once(end)?;
        Some(text.to_owned())
    };
    let style = between("<style charset=\"UTF-8\">", "</style>\n    <script charset=\"UTF-8\">")?;
    let script = between("<script charset=\"UTF-8\">", "</script>\n</head>")?;
    Some((style, script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_framework_still_comes_apart() {
        let page = super::super::openapi::service().swagger_ui_html();
        let (style, script) = take_apart(&page).expect("style and script are found");
        assert!(style.contains(".swagger-ui") && !style.contains("<script"));
        assert!(script.contains("SwaggerUIBundle") && script.len() > 500_000);
    }

    #[test]
    fn r60_the_page_loads_nothing_from_elsewhere() {
        for text in [PAGE, START, POLICY] {
            assert!(!text.contains("//"), "{text}");
        }
    }
}
