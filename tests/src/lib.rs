//! The harness of the journeys: it starts the built programs beside real servers, and speaks to them from outside.
//!
//! It holds no knowledge of the crates it tests. What goes wrong in it panics: a journey has nobody else to tell.

pub mod answer;
pub mod attack;
pub mod certificate;
pub mod databases;
pub mod eventually;
pub mod exposition;
pub mod hex;
pub mod http;
pub mod mail;
pub mod measured;
pub mod port;
pub mod process;
pub mod programs;
pub mod promql;
pub mod proof;
pub mod proxy;
pub mod resp;
pub mod secret;
pub mod server;
pub mod sql;
pub mod system;

pub use answer::Answer;
pub use eventually::{eventually, stays};
pub use http::{Client, Request};
pub use mail::Mail;
pub use proxy::Proxy;
pub use secret::{Secret, random};
pub use server::database::Kind;
pub use system::{Asked, Builder, Load, READY, System, wrong};
