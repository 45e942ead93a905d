//! `rekey-api account add|verify|list|disable|enable|second-factor`: accounts by hand. Passwords come on standard input alone, for
//! arguments stand in the shell's history and in the list of processes.

use std::{
    io::{BufRead as _, Read as _, Write},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{Subcommand, ValueEnum};
use entity::{
    account::{self, Listed, NewAccount, StoredHash},
    email::Email,
    settings::Source,
};
use sea_orm::DatabaseConnection;
use zeroize::Zeroizing;

use super::{current_database, failed};
use crate::{
    clock,
    password::{self, Hasher, NewPassword, Verified},
};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add an account with the password on the first line of standard input
    Add {
        /// Its address
        email: String,
        /// Read an existing hash instead of a password
        #[arg(long)]
        hash: bool,
        /// Its language, such as en or zh-CN
        #[arg(long)]
        locale: Option<String>,
        /// It has a second factor
        #[arg(long)]
        second_factor: bool,
    },
    /// Say whether the password on standard input is the account's; exit code 1 if not, 2 if there is no account
    Verify {
        /// Its address
        email: String,
    },
    /// List the accounts, without their hashes
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Keep an account from mail and resets
    Disable {
        /// Its address
        email: String,
    },
    /// Let a disabled account have them again
    Enable {
        /// Its address
        email: String,
    },
    /// Note whether an account has a second factor; no reset ever changes it
    SecondFactor {
        /// Whether it has
        state: State,
        /// Its address
        email: String,
    },
}

/// Whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// It is
    On,
    /// It is not
    Off,
}

/// Accounts read at once for the list.
const PAGE: u64 = 500;
/// Octets of the line on standard input at most: 256 code points have 1,024, a hash 512.
const MAX_LINE: u64 = 4096;

/// Runs the command.
///
/// # Errors
/// For settings or input that cannot be used, and a database that does not answer or has no such account.
pub async fn run(command: Command, source: &Source) -> anyhow::Result<ExitCode> {
    let db = current_database(source).await?;
    let mut out = std::io::stdout().lock();
    match command {
        Command::Add { email, hash, locale, second_factor } => {
            let email = Email::parse(&email)?;
            let stored = new_hash(&Hasher::read(source)?, first_line()?, hash)?;
            let (hash, locale, now) = (Some(&stored), locale.as_deref(), clock::now_ms());
            account::insert(&db, NewAccount { email: &email, hash, locale, second_factor, now }).await?;
            writeln!(out, "added")?;
        }
        Command::Verify { email } => return verify(&db, &Hasher::read(source)?, &email, &mut out).await,
        Command::List { json } => list(&db, json, &mut out).await?,
        Command::Disable { email } => set_disabled(&db, &email, Some(clock::now_ms())).await?,
        Command::Enable { email } => set_disabled(&db, &email, None).await?,
        Command::SecondFactor { state, email } => {
            let has = state == State::On;
            found(account::set_second_factor(&db, &Email::parse(&email)?, has).await.map_err(failed)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The hash that the line is, or is the password of. What the operator chooses is not weighed, for it may be a
/// password that exists already.
fn new_hash(hasher: &Hasher, line: Zeroizing<String>, is_hash: bool) -> anyhow::Result<StoredHash> {
    if line.is_empty() {
        bail!("nothing on standard input");
    }
    if is_hash {
        let hash = password::split_pepper(&line).map_or(line.as_str(), |(_, hash)| hash);
        if !password::is_supported(hash) {
            bail!("the hash is of a format that `account verify` does not know, or demands too much");
        }
        return Ok(StoredHash::new(line.as_str()));
    }
    let password = NewPassword::new(line.to_string());
    if password.is_too_long(hasher.normalize()) {
        bail!("the password has more than {} characters", password::MAX_CODE_POINTS);
    }
    Ok(hasher.hash(&password)?)
}

async fn verify(
    db: &DatabaseConnection,
    hasher: &Hasher,
    email: &str,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let email = Email::parse(email)?;
    let password = NewPassword::new(first_line()?.to_string());
    let Some(account) = account::find_by_email(db, &email).await.map_err(failed)? else {
        writeln!(out, "there is no such account")?;
        return Ok(ExitCode::from(2));
    };
    let verified = account.password_hash.as_ref().map_or(Verified::No, |hash| hasher.verify(hash, &password));
    let (text, code) = match verified {
        Verified::Yes => ("password matches", ExitCode::SUCCESS),
        Verified::No => ("password does not match", ExitCode::FAILURE),
        Verified::UnknownPepper => bail!(
            "the account's hash needs the pepper {}, which is not in REKEY_PASSWORD_PEPPER",
            split(account.password_hash.as_ref()).1.unwrap_or_default()
        ),
        Verified::Unsupported => bail!("the account's hash is of a format that is not known, or demands too much"),
    };
    writeln!(out, "{text}")?;
    Ok(code)
}

async fn list(db: &DatabaseConnection, json: bool, out: &mut impl Write) -> anyhow::Result<()> {
    let mut after = None;
    loop {
        let page = account::list(db, after.as_ref(), PAGE).await.map_err(failed)?;
        for account in &page {
            writeln!(out, "{}", if json { json_line(account) } else { text_line(account) })?;
        }
        match page.last() {
            Some(last) => after = Some(last.id.clone()),
            None => return Ok(()),
        }
    }
}

fn json_line(account: &Listed) -> String {
    let (scheme, pepper) = split(account.password_hash.as_ref());
    serde_json::json!({
        "id": account.id.as_str(),
        "email": account.email,
        "disabled": account.disabled_at.is_some(),
        "second_factor": account.second_factor,
        "hash_scheme": scheme,
        "pepper": pepper,
        "password_changed_at": account.password_changed_at,
    })
    .to_string()
}

fn text_line(account: &Listed) -> String {
    let state = if account.disabled_at.is_some() { "disabled" } else { "enabled" };
    let changed = account.password_changed_at.map_or_else(|| "-".to_owned(), |at| at.to_string());
    let factor = if account.second_factor { "second factor" } else { "-" };
    let (scheme, pepper) = split(account.password_hash.as_ref());
    let pepper = pepper.map(|id| format!(" pepper {id}")).unwrap_or_default();
    let scheme = scheme.unwrap_or("none");
    format!("{}\t{}\t{state}\t{scheme}{pepper}\t{changed}\t{factor}", account.id.as_str(), account.email)
}

/// The format of a hash, and the id of the pepper that it needs.
fn split(hash: Option<&StoredHash>) -> (Option<&'static str>, Option<&str>) {
    let Some(hash) = hash else { return (None, None) };
    let (pepper, hash) =
        password::split_pepper(hash.expose()).map_or((None, hash.expose()), |(id, hash)| (Some(id), hash));
    (Some(password::scheme(hash)), pepper)
}

async fn set_disabled(db: &DatabaseConnection, email: &str, now: Option<i64>) -> anyhow::Result<()> {
    found(account::set_disabled(db, &Email::parse(email)?, now).await.map_err(failed)?)
}

fn found(is_there: bool) -> anyhow::Result<()> {
    if !is_there {
        bail!("there is no such account");
    }
    Ok(())
}

/// The first line of standard input, without its end.
fn first_line() -> anyhow::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::with_capacity(usize::try_from(MAX_LINE)?));
    let read = std::io::stdin().lock().take(MAX_LINE).read_line(&mut line);
    // The error of a line that is no UTF-8 says nothing of it.
    read.context("standard input cannot be read")?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}
