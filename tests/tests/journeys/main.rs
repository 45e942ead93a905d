//! The whole system with real servers, seen from outside.
//!
//! One test binary, so that the harness is linked once; a file for each thing that is promised.

/// Makes a test on each of the three databases out of a journey.
macro_rules! on_every_database {
    ($($(#[doc = $doc:literal])* async fn $name:ident($builder:ident: Builder) $body:block)+) => {$(
        mod $name {
            use super::*;

            $(#[doc = $doc])*
            async fn journey($builder: e2e::Builder) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                journey(e2e::System::builder().database(e2e::Kind::Sqlite)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                journey(e2e::System::builder().database(e2e::Kind::Postgres)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn mariadb() {
                journey(e2e::System::builder().database(e2e::Kind::MariaDb)).await;
            }
        }
    )+};
}

mod accounts;
mod bad_input;
mod brake;
mod canary;
mod code;
mod dashboard;
mod down;
mod harness;
mod headers;
mod limits;
mod logs;
mod meanwhile;
mod metrics;
mod page;
mod parallel;
mod password;
mod path;
mod queue;
mod redis_failover;
mod redis_fire;
mod redis_kinds;
mod redis_rights;
mod redis_shards;
mod resend;
mod reset;
mod start;
mod token;
mod traces;
mod webhook;
