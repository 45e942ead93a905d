//! `rekey-worker mail preview`: every mail in every language, as files to look at.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Subcommand;
use entity::settings::Source;

use super::Ended;
use crate::mail::{ComposeSettings, Composer, samples};

/// What can be done with mails.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes every mail in every language, with invented values, to files in a folder.
    Preview {
        /// The folder; it is made if it is missing.
        folder: PathBuf,
    },
}

/// Does it.
///
/// # Errors
/// [`Ended`].
pub fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    let Command::Preview { folder } = command;
    let composer = Composer::new(ComposeSettings::read(source)?)?;
    for path in preview(&composer, folder)? {
        writeln!(io::stdout(), "{}", path.display()).context("cannot write to standard output")?;
    }
    Ok(())
}

/// Writes `<language>/<mail>.html` and `.txt` with invented values into the folder, which is made if it is missing.
/// The text file begins with the subject. Needs no mail server.
fn preview(composer: &Composer, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    for locale in composer.locales() {
        let own = folder.join(locale.as_str());
        fs::create_dir_all(&own).with_context(|| format!("cannot make {}", own.display()))?;
        for (name, content) in samples() {
            let parts = composer.parts(locale, &content)?;
            let text = format!("Subject: {}\n\n{}\n", parts.subject, parts.text);
            for (extension, content) in [("html", &parts.html), ("txt", &text)] {
                let path = own.join(format!("{name}.{extension}"));
                fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
                written.push(path);
            }
        }
    }
    Ok(written)
}
