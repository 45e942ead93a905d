//! The page, as a browser gets it.

mod brand;
mod elsewhere;
mod headers;
mod serving;

use e2e::{Answer, Builder, Request, System};

fn system() -> Builder {
    System::builder().without_worker()
}

async fn get(system: &System, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = headers.iter().fold(Request::new("GET", path), |request, (name, value)| request.header(name, value));
    system.client().send(&request).await
}

/// The files that the page names, by their names.
fn files_of(html: &str) -> Vec<String> {
    let parts = html.split('"').filter_map(|text| text.trim_start_matches("./").strip_prefix("assets/"));
    parts.map(ToOwned::to_owned).collect()
}

/// The one file that begins and ends like this.
fn file_of(html: &str, start: &str, end: &str) -> String {
    let files = files_of(html);
    let found = files.iter().find(|name| name.starts_with(start) && name.ends_with(end));
    format!("/assets/{}", found.unwrap_or_else(|| panic!("the page names no {start}…{end}")))
}

/// The settings as the page's script reads them.
fn settings_of(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("id=\"settings\">").expect("the page has its settings");
    let (block, _) = rest.split_once("</script>").expect("the settings end");
    serde_json::from_str(block).expect("the settings are JSON")
}

fn policy(answer: &Answer) -> &str {
    answer.header("content-security-policy").unwrap_or_default()
}
