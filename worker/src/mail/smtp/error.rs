//! Why a mail was not sent, and what to do about it.

use std::{error::Error as _, fmt};

use lettre::transport::smtp::Error as SmtpError;

/// What the worker does with a mail that was not sent. The reason has the phase and the reply's codes and nothing
/// else of the reply: servers echo addresses in their texts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The server refused this mail for now, or went silent on it: try again later, counted.
    #[error("{reason}")]
    Retry {
        /// Phase and reply code.
        reason: String,
    },
    /// Our side: no server, no TLS, wrong credentials. No mail can go; it costs this one no attempt.
    #[error("{reason}")]
    Defer {
        /// Phase and reply code.
        reason: String,
    },
    /// The server refuses this mail or recipient for good.
    #[error("{reason}")]
    Dead {
        /// Phase and reply code.
        reason: String,
    },
    /// The job was not ours any more right before DATA.
    #[error("the lease was lost before DATA")]
    LeaseLost,
}

impl SendError {
    pub(super) fn closed() -> Self {
        Self::Defer { reason: "the mailer is closing".into() }
    }

    pub(super) fn defer(phase: Phase, problem: &str) -> Self {
        Self::Defer { reason: format!("{phase}: {problem}") }
    }

    /// The code of the reply that decided, which stands in the reason behind the phase; none if there was no reply.
    pub fn code(&self) -> Option<u16> {
        let (Self::Retry { reason } | Self::Defer { reason } | Self::Dead { reason }) = self else { return None };
        let (_, told) = reason.split_once(": ")?;
        told.strip_prefix("unexpected ").unwrap_or(told).split(' ').next()?.parse().ok()
    }

    /// What is to be done with the mail, in a word for metrics: `retry`, `defer` or `dead`; none if nothing was said
    /// about it.
    pub fn category(&self) -> Option<&'static str> {
        match self {
            Self::Retry { .. } => Some("retry"),
            Self::Defer { .. } => Some("defer"),
            Self::Dead { .. } => Some("dead"),
            Self::LeaseLost => None,
        }
    }
}

/// Where in the exchange something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Connect,
    Tls,
    Greeting,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    Body,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "connect",
            Self::Tls => "TLS",
            Self::Greeting => "greeting",
            Self::StartTls => "STARTTLS",
            Self::Auth => "AUTH",
            Self::Mail => "MAIL",
            Self::Rcpt => "RCPT",
            Self::Data => "DATA",
            Self::Body => "message",
        })
    }
}

/// Something other than the reply that was expected.
#[derive(Debug)]
pub(super) enum Failure {
    /// A reply of 4xx or 5xx, with its enhanced status.
    Refused { code: u16, status: Option<String> },
    /// A positive reply that means nothing here, such as a 354 left over.
    Odd { code: u16 },
    /// The connection broke, or what came was no SMTP.
    Broken,
    /// Nothing came in time.
    TimedOut,
}

impl Failure {
    pub(super) fn of(error: &SmtpError) -> Self {
        let Some(code) = error.status() else { return Self::Broken };
        let status = error.source().and_then(|text| enhanced_status(&text.to_string()));
        Self::Refused { code: u16::from(code), status }
    }

    /// Whether the server still expects commands on this connection afterwards.
    pub(super) fn leaves_connection_usable(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if *code != 421)
    }

    /// What to do about it in this phase.
    pub(super) fn into_error(self, phase: Phase) -> SendError {
        let reason = format!("{phase}: {self}");
        match self {
            // What comes before RCPT knows nothing of the mail: MAIL names our own sender alone. So a disk that is full or
            // a sender that is not wanted buries no mail and costs none an attempt.
            _ if !matches!(phase, Phase::Rcpt | Phase::Data | Phase::Body) => SendError::Defer { reason },
            // "Authenticate first", "use TLS first", "mechanism too weak", "wrong credentials": ours, though 5xx.
            Self::Refused { code: 530 | 534 | 535 | 538 | 454, .. } => SendError::Defer { reason },
            Self::Refused { code: 500.., .. } => SendError::Dead { reason },
            // A silent or broken server may be this mail's doing (a look-up of the recipient, a content filter), so it
            // is counted: a mail that always breaks the connection must end some time.
            Self::Refused { .. } | Self::Odd { .. } | Self::Broken | Self::TimedOut => SendError::Retry { reason },
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code, status: Some(status) } => write!(f, "{code} {status}"),
            Self::Refused { code, status: None } => write!(f, "{code}"),
            Self::Odd { code } => write!(f, "unexpected {code}"),
            Self::Broken => f.write_str("the connection broke"),
            Self::TimedOut => f.write_str("timed out"),
        }
    }
}

/// `5.1.1` at the front of a reply's text (RFC 3463): digits alone, so no address hides in it.
fn enhanced_status(text: &str) -> Option<String> {
    let word = text.split_whitespace().next()?;
    let numbers: Vec<&str> = word.split('.').collect();
    let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit());
    (numbers.len() == 3 && numbers.iter().all(is_number)).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_tells_the_code_that_it_came_from() {
        for (failure, code) in [
            (Failure::Refused { code: 550, status: Some("5.1.1".into()) }, Some(550)),
            (Failure::Refused { code: 421, status: None }, Some(421)),
            (Failure::Odd { code: 354 }, Some(354)),
            (Failure::Broken, None),
            (Failure::TimedOut, None),
        ] {
            for phase in [Phase::Auth, Phase::Rcpt, Phase::Body] {
                let told = format!("{phase}: {failure}");
                assert_eq!(SendError::Retry { reason: told.clone() }.code(), code, "{told}");
            }
        }
        assert_eq!((SendError::closed().code(), SendError::LeaseLost.code()), (None, None));
    }
}
