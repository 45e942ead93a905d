//! `rekey-api page FOLDER`: the page with the settings filled in, for another server, such as a CDN's.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use entity::settings::{Source, is_loopback};
use url::Url;

use crate::http::{
    headers,
    page::{BUILT, Page, PageSettings, Served},
};

/// What to write, and where to.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder, made if it is not there; older files of the page stay in it
    folder: PathBuf,
    /// Where browsers reach the API, if that is not beside the page
    #[arg(long, value_name = "URL")]
    api: Option<Url>,
}

/// The headers that the other server must send, in the form that some hosts read by themselves.
const HEADERS: &str = "_headers";

/// Writes index.html last: it must name no file that is not there yet.
///
/// # Errors
/// For settings and an address that cannot be used, and a folder that cannot be written.
pub fn run(arguments: &Arguments, source: &Source) -> anyhow::Result<ExitCode> {
    if let Some(api) = &arguments.api {
        check(api)?;
    }
    let settings = PageSettings::read(source)?;
    let page = Page::new(&BUILT, &settings, arguments.api.as_ref())?;
    let index = page.index_for(None).context("the page is in no language")?;
    let folder = &arguments.folder;
    fs::create_dir_all(folder.join("assets")).with_context(|| folder.display().to_string())?;
    for (name, served) in page.assets() {
        let path = folder.join("assets").join(name);
        write(&path, served.plain())?;
        for (ending, bytes) in served.packed() {
            write(&PathBuf::from(format!("{}.{ending}", path.display())), bytes)?;
        }
    }
    write(&folder.join(HEADERS), headers_of(&page, index, &settings.frame_ancestors).as_bytes())?;
    write(&folder.join("index.html"), index.plain())?;
    writeln!(std::io::stdout(), "wrote the page to {0}; {0}/{HEADERS} has the headers to send", folder.display())?;
    Ok(ExitCode::SUCCESS)
}

fn check(api: &Url) -> anyhow::Result<()> {
    let is_plain =
        api.username().is_empty() && api.password().is_none() && api.query().is_none() && api.fragment().is_none();
    let is_web = api.scheme() == "https" || (api.scheme() == "http" && is_loopback(api));
    if !is_plain || !is_web {
        bail!("--api must be https://host, with a path at most");
    }
    Ok(())
}

/// Each path stands by itself and no pattern: where two lines fit, some hosts join their values, and of two joined
/// policies both count.
fn headers_of(page: &Page, index: &Served, frame_ancestors: &str) -> String {
    // What depends on the request is the other server's to say.
    let of_request = ["vary", "content-language"];
    let section = |path: &str, served: &Served| {
        let own = served.headers().filter(|(name, _)| !of_request.contains(name));
        let mut lines = format!("{path}\n");
        for (name, value) in own {
            lines += &format!("  {name}: {value}\n");
        }
        for (name, value) in headers::always(frame_ancestors) {
            lines += &format!("  {name}: {value}\n");
        }
        lines
    };
    let mut text = section("/", index) + &section("/index.html", index);
    for (name, served) in page.assets() {
        text += &section(&format!("/assets/{name}"), served);
    }
    text
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| path.display().to_string())
}
