//! Puts the built page (`make web`) into the program: lists its files, as Rust, in `page.rs` of the build's folder.

use std::{
    env,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::{Path, PathBuf},
};

/// What a file of the page is, by the end of its name. Another one fails the build rather than being guessed at.
const KINDS: [(&str, &str); 7] = [
    ("js", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("wasm", "application/wasm"),
    ("woff2", "font/woff2"),
];

fn main() {
    let variable = |name| PathBuf::from(env::var_os(name).unwrap_or_default());
    let dist = variable("CARGO_MANIFEST_DIR").join("../web-ui/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let written = list(&dist).and_then(|text| {
        fs::write(variable("OUT_DIR").join("page.rs"), text).map_err(|error| format!("OUT_DIR: {error}"))
    });
    if let Err(problem) = written {
        println!("cargo::error={problem}");
    }
}

fn list(dist: &Path) -> Result<String, String> {
    let (index, manifest) = (dist.join("index.html"), dist.join(".vite/manifest.json"));
    if !index.is_file() || !manifest.is_file() {
        return Err("web-ui/dist is missing: run `make web`".into());
    }
    let mut text = String::new();
    let mut line = |line: String| text.write_str(&line).map_err(|error| error.to_string());
    line("Built {\n".into())?;
    line(format!("index: include_str!({index:?}),\nmanifest: include_str!({manifest:?}),\nassets: &[\n"))?;
    for path in assets(&dist.join("assets"))? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ending = name.rsplit('.').next().unwrap_or_default();
        if ["br", "gz"].contains(&ending) {
            continue;
        }
        let kind = KINDS.iter().find(|(known, _)| *known == ending);
        let (_, kind) = kind.ok_or_else(|| format!("{}: of a kind that api/build.rs does not know", path.display()))?;
        line(format!("Asset {{ name: {name:?}, kind: {kind:?}, plain: {},", coded(&path)?))?;
        for (field, ending) in [("br", "br"), ("gzip", "gz")] {
            let packed = PathBuf::from(format!("{}.{ending}", path.display()));
            let packed = if packed.is_file() { format!("Some({})", coded(&packed)?) } else { "None".into() };
            line(format!(" {field}: {packed},"))?;
        }
        line(" },\n".into())?;
    }
    line("] }\n".into())?;
    Ok(text)
}

/// The files of a folder by their names, so that the same page makes the same program.
fn assets(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    paths.sort();
    Ok(paths)
}

/// The bytes with a hash of them, made here so that a start need not read them all. It tells versions of a file from
/// one another and guards nothing.
fn coded(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    Ok(format!("Coded {{ bytes: include_bytes!({path:?}), hash: \"{:016x}\" }}", hasher.finish()))
}
