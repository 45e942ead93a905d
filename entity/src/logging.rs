//! What the programs log, and what they never do.

mod seldom;

use std::io::IsTerminal as _;

use tracing::Level;
use tracing_subscriber::{EnvFilter, Layer, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};

pub use seldom::Seldom;

use crate::settings::{FromSetting, SettingError, Source};

/// Our own crates. What others say at debug level may hold a query's values or a socket's bytes, so it stays unsaid
/// whatever the filter is (R68); their warnings and errors pass.
const OURS: [&str; 4] = ["entity", "migration", "rekey_api", "rekey_worker"];

/// How to log.
#[derive(Debug)]
pub struct Settings {
    format: Format,
    filter: String,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Json,
    Pretty,
}

impl FromSetting for Format {
    fn from_setting(text: &str) -> Result<Self, String> {
        match text {
            "json" => Ok(Self::Json),
            "pretty" => Ok(Self::Pretty),
            _ => Err("json or pretty".into()),
        }
    }
}

impl Settings {
    /// Reads `log.format` and `log.filter`.
    ///
    /// # Errors
    /// By name if one is malformed.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let filter: String = source.get("log.filter")?;
        EnvFilter::try_new(&filter)
            .map_err(|_| SettingError::of("log.filter", "is no filter such as info or info,rekey_api=debug"))?;
        Ok(Self { format: source.get("log.format")?, filter })
    }
}

/// Starts logging to standard error, once for the program. Times are UTC; JSON escapes whatever came from outside,
/// and so does the pretty form, so that no line break or terminal code of a stranger has an effect (R69).
pub fn init(settings: &Settings) {
    let colours = std::io::stderr().is_terminal();
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    let layer = match settings.format {
        Format::Json => layer.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
        Format::Pretty => layer.boxed(),
    };
    let may_speak = filter_fn(|meta| is_ours(meta.target()) || *meta.level() <= Level::WARN);
    tracing_subscriber::registry().with(layer.with_filter(may_speak)).with(EnvFilter::new(&settings.filter)).init();
}

fn is_ours(target: &str) -> bool {
    OURS.iter().any(|name| target.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn r68_only_our_crates_may_speak_below_warnings() {
        assert!(is_ours("rekey_api::request") && is_ours("entity"));
        assert!(!is_ours("sqlx::query") && !is_ours("entity_framework"));
    }
}
