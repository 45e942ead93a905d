//! `rekey-api events ACCOUNT`: what happened to an account's password, newest first.

use std::{io::Write, process::ExitCode};

use clap::Args;
use entity::{
    account::{self, AccountId},
    email::Email,
    reset_event::{self, MAX_ACCOUNT_ID, Told},
    settings::Source,
};
use sea_orm::DatabaseConnection;

use super::{current_database, failed};

/// Of whom, and how much.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The account's address, or its id, which also finds the events of an account that is gone
    account: String,
    /// Events at most, 1 to 10,000
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    limit: u64,
    /// One JSON object a line, with all that is kept
    #[arg(long)]
    json: bool,
}

/// Runs the command; exit code 2 if there is no such account.
///
/// # Errors
/// For settings that cannot be used, and a database that does not answer.
pub async fn run(arguments: &Arguments, source: &Source) -> anyhow::Result<ExitCode> {
    let db = current_database(source).await?;
    let mut out = std::io::stdout().lock();
    let found = find(&db, &arguments.account).await?;
    let (known, id) = match found {
        Some(id) => (true, Some(id)),
        None => (false, Some(arguments.account.as_str()).filter(|id| id.len() <= MAX_ACCOUNT_ID).map(AccountId::new)),
    };
    let events = match &id {
        Some(id) => reset_event::list(&db, id, arguments.limit).await.map_err(failed)?,
        None => Vec::new(),
    };
    if !known && events.is_empty() {
        writeln!(std::io::stderr(), "rekey-api: there is no such account")?;
        return Ok(ExitCode::from(2));
    }
    for event in &events {
        writeln!(out, "{}", if arguments.json { json_line(event) } else { text_line(event) })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The account with this address, or with this id.
async fn find(db: &DatabaseConnection, text: &str) -> anyhow::Result<Option<AccountId>> {
    let found = match Email::parse(text) {
        Ok(email) => account::find_by_email(db, &email).await,
        Err(_) => account::find_by_id(db, &AccountId::new(text)).await,
    };
    Ok(found.map_err(failed)?.map(|account| account.id))
}

fn json_line(event: &Told) -> String {
    serde_json::json!({
        "id": event.id,
        "kind": event.kind,
        "occurred_at": event.occurred_at,
        "times": event.times,
        "reason": event.reason,
        "client": event.client,
        "user_agent": event.user_agent,
        "address": event.address_at_event,
        "reset": event.challenge,
    })
    .to_string()
}

/// Time (UTC), kind and how often, reset, client, user agent. The address is not among them: who asks knows it.
fn text_line(event: &Told) -> String {
    let kind = match (&event.reason, event.times) {
        (Some(reason), 1) => format!("{} ({reason})", event.kind),
        (Some(reason), times) => format!("{} ({reason}) x{times}", event.kind),
        (None, 1) => event.kind.clone(),
        (None, times) => format!("{} x{times}", event.kind),
    };
    let reset = event.challenge.as_deref().map_or("-", |reset| reset.get(..8).unwrap_or(reset));
    let (client, agent) = (event.client.as_deref().unwrap_or("-"), event.user_agent.as_deref().unwrap_or("-"));
    [utc(event.occurred_at).as_str(), &kind, reset, client, agent].map(plain).join("\t")
}

/// A time in Unix milliseconds, to the second.
fn utc(ms: i64) -> String {
    let since = std::time::Duration::from_millis(u64::try_from(ms).unwrap_or(0));
    let time = std::time::UNIX_EPOCH.checked_add(since).unwrap_or(std::time::UNIX_EPOCH);
    humantime::format_rfc3339_seconds(time).to_string()
}

/// What may go to a terminal: whoever else writes into the table, no line of it moves the cursor (R69).
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> Told {
        Told {
            id: "1".into(),
            kind: "refused".into(),
            occurred_at: 1_700_000_000_000,
            address_at_event: "mike@example.com".into(),
            client: Some("192.0.2.1".into()),
            user_agent: Some("Agent/1.0".into()),
            challenge: Some("0123456789abcdef0123456789abcdef".into()),
            times: 2,
            reason: Some("password".into()),
        }
    }

    #[test]
    fn an_event_is_a_line() {
        let line = "2023-11-14T22:13:20Z\trefused (password) x2\t01234567\t192.0.2.1\tAgent/1.0";
        assert_eq!(text_line(&event()), line);
        let bare = Told { client: None, user_agent: None, challenge: None, times: 1, reason: None, ..event() };
        assert_eq!(text_line(&bare), "2023-11-14T22:13:20Z\trefused\t-\t-\t-");
        assert!(json_line(&event()).contains(r#""occurred_at":1700000000000"#));
    }

    #[test]
    fn r69_nothing_in_a_row_moves_the_cursor_or_begins_a_line() {
        let hostile = "a\u{1b}[2J\r\nb\tc\u{202e}d\u{9b}";
        let line = text_line(&Told { user_agent: Some(hostile.into()), kind: hostile.into(), ..event() });
        assert!(line.chars().all(|c| c.is_ascii_graphic() || c == ' ' || c == '\t') && line.matches('\t').count() == 4);
        assert!(!json_line(&Told { user_agent: Some("\u{1b}\n".into()), ..event() }).contains(['\u{1b}', '\n']));
    }
}
