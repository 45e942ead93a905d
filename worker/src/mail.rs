//! Everything between a job and the mail server: texts, templates, the message, SMTP.
//!
//! Nothing that a stranger wrote reaches a header or a text: the recipient comes from the account's row or the audit
//! trail, the language is one of ours, the job's id is checked, and links are built from the settings alone.

mod compose;
mod dkim;
mod link;
mod logo;
mod message;
mod settings;
pub mod smtp;
mod stencil;
mod templates;
mod texts;
mod wrap;

pub use compose::{Composer, Content, Mail, Rendered, samples};
pub use settings::{ComposeSettings, Settings};
pub use smtp::{Mailer, SendError, Tap};
