//! `rekey-worker mail`: every mail in every language, as files to look at, and one as the mail server takes it.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Subcommand;
use entity::{email::Email, settings::Source};

use super::Ended;
use crate::{
    jobs::unix_ms,
    mail::{ComposeSettings, Composer, Mail, Mailer, Settings, Tap, samples},
};

/// What can be done with mails.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes every mail in every language, with invented values, to files in a folder; open its index.html.
    Preview {
        /// The folder; it is made if it is missing.
        folder: PathBuf,
    },
    /// Sends the mail with a code, an invented one, and shows what the mail server says to it.
    Test {
        /// Where it goes.
        address: String,
        /// Its language, such as `de`.
        #[arg(long)]
        language: Option<String>,
    },
}

/// Does it.
///
/// # Errors
/// [`Ended`].
pub async fn run(source: &Source, command: &Command) -> Result<(), Ended> {
    match command {
        Command::Preview { folder } => {
            let composer = Composer::new(ComposeSettings::read(source)?)?;
            for path in preview(&composer, folder)? {
                writeln!(io::stdout(), "{}", path.display()).context("cannot write to standard output")?;
            }
        }
        Command::Test { address, language } => test(source, address, language.as_deref()).await?,
    }
    Ok(())
}

/// Sends a sample and prints the conversation, whatever comes of it.
async fn test(source: &Source, address: &str, language: Option<&str>) -> Result<(), Ended> {
    let settings = Settings::read(source)?;
    let to = Email::parse(address).context("ADDRESS")?;
    let mailer = Mailer::new(&settings)?;
    let composer = Composer::new(settings.compose)?;
    let [(_, content), ..] = samples();
    // No job has an id with a dot in front of its name, so no other mail has its Message-ID.
    let job_id = format!("test.{:016x}", rand::random::<u64>());
    let mail = Mail { job_id: &job_id, to: &to, locale: composer.locale(language, None), now: unix_ms(), content };
    let message = composer.compose(&mail).context("the mail")?;
    let tap = Tap::default();
    let outcome = mailer.send_tapped(&to, &message, tap.clone()).await;
    let mut text = tap.lines().join("\n");
    text += if outcome.is_ok() { "\nthe server took the mail\n" } else { "\n" };
    io::stdout().write_all(text.as_bytes()).context("cannot write to standard output")?;
    outcome.context("the mail was not sent").map_err(Ended::from)
}

/// Writes `<language>/<mail>.html` and `.txt` with invented values into the folder, which is made if it is missing,
/// and an `index.html` that shows all of them. The text file begins with the subject. Needs no mail server.
fn preview(composer: &Composer, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    let mut write = |path: PathBuf, content: &[u8]| {
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        written.push(path);
        anyhow::Ok(())
    };
    let mut index = String::from(INDEX);
    for locale in composer.locales() {
        let tag = locale.as_str();
        let own = folder.join(tag);
        fs::create_dir_all(&own).with_context(|| format!("cannot make {}", own.display()))?;
        index.push_str(&format!("<h2>{tag}</h2>\n"));
        for (name, content) in samples() {
            let parts = composer.parts(locale, &content)?;
            let text = format!("Subject: {}\n\n{}\n", parts.subject, parts.text);
            // A browser knows no parts of a message: there the logo is a file.
            let html = match composer.logo() {
                Some((source, _)) => parts.html.replace(&source, "../logo.png"),
                None => parts.html,
            };
            write(own.join(format!("{name}.html")), html.as_bytes())?;
            write(own.join(format!("{name}.txt")), text.as_bytes())?;
            for extension in ["html", "txt"] {
                index.push_str(&format!("<iframe src=\"{tag}/{name}.{extension}\" loading=\"lazy\"></iframe>\n"));
            }
        }
    }
    if let Some((_, png)) = composer.logo() {
        write(folder.join("logo.png"), png)?;
    }
    write(folder.join("index.html"), index.as_bytes())?;
    Ok(written)
}

const INDEX: &str = "<!doctype html>
<meta charset=\"utf-8\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Mails</title>
<style>body { font-family: sans-serif; } iframe { width: 360px; height: 720px; border: 1px solid #8888; }</style>
";
