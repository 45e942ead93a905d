//! The functions that every reset calls and that wait for nothing, one [`Case`] each, to be counted under Callgrind:
//! `tests/counts.rs` does that, and compares with `counts.toml`.
//!
//! They are the product's own files, compiled here once more by their paths, and with them nothing that opens a
//! connection or a database: they have to be built as optimised as a release is, and all of Rekey takes ten times as
//! long. What such a file needs of the rest and is not worth a file is told here again.

// `--all-targets` builds a crate's tests though it says that it has none: here these would be the product's.
#![cfg(not(test))]

// As the files of the API and the worker know what is shared.
extern crate self as entity;

mod cases;

use std::hint::black_box;

pub use cases::CASES;
pub use shared::{
    brand, challenge_id, code, email, hex, job, keyring, keys, limits, locale, queue, settings, texts, token,
    trace_context, trail, webhook,
};

/// How often a function is called while it is counted: what happens in some calls alone, such as memory that is given
/// back to the system, is in the count by its share.
pub const CALLS: u32 = 100;

/// A function to count.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name in `counts.toml`.
    pub name: &'static str,
    /// Makes what it is called with, and answers what calls it.
    prepare: fn() -> Box<dyn FnMut()>,
}

impl Case {
    /// Calls it once, which is not counted, for what is done once and never again (the loader finds functions of the C
    /// library, and texts are looked up that are kept from then on); and [`CALLS`] times, which are.
    pub fn call(&self) {
        let mut call = (self.prepare)();
        call();
        counted(&mut *call);
    }
}

/// Callgrind counts while this runs, and knows it by its name.
#[inline(never)]
fn counted(call: &mut dyn FnMut()) {
    for _ in 0..CALLS {
        black_box(&mut *call)();
    }
}

/// What API and worker share.
#[path = "../../../entity/src"]
pub mod shared {
    pub mod brand;
    pub mod code;
    pub mod email;
    pub mod hex;
    pub mod job;
    pub mod keyring;
    pub mod keys;
    pub mod locale;
    pub mod settings;
    pub mod texts;

    #[path = "challenge/id.rs"]
    pub mod challenge_id;
    #[path = "limits/client.rs"]
    pub mod limits;
    #[path = "queue/bytes.rs"]
    pub mod queue;
    #[path = "token/text.rs"]
    pub mod token;
    #[path = "telemetry/context.rs"]
    pub mod trace_context;
    #[path = "trail/origin.rs"]
    pub mod trail;
    #[path = "webhook/sign.rs"]
    pub mod webhook;
}

/// What others of these files name of `entity::reset_event`.
pub mod reset_event {
    /// As in `entity`.
    pub const MAX_USER_AGENT: usize = 256;

    /// As in `entity`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Half {
        /// The notice.
        Notice,
        /// The webhook.
        Webhook,
    }
}

/// What others of these files name of `entity::telemetry`.
pub mod telemetry {
    pub use crate::shared::trace_context::TraceContext;
}

/// What the API does with a call before it asks Redis.
#[path = "../../../api/src"]
pub mod api {
    use std::net::IpAddr;

    #[path = "http/caller/forwarded.rs"]
    pub mod forwarded;
    #[path = "request/languages.rs"]
    pub mod languages;
    #[path = "http/body/strict.rs"]
    mod strict;

    /// Whether a body is what `http::body` lets pass.
    #[must_use]
    pub fn is_body(content_type: &str, octets: &[u8]) -> bool {
        strict::is_plain_json(Some(content_type), None) && strict::is_object_of_texts(octets)
    }

    /// The proxies of one network.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn proxies(network: &str) -> forwarded::TrustedProxies {
        forwarded::TrustedProxies { networks: vec![network.parse().expect("a network")], header: None }
    }

    /// Who calls, by `X-Forwarded-For`.
    #[must_use]
    pub fn client(peer: IpAddr, proxies: &forwarded::TrustedProxies, x_forwarded_for: &str) -> Option<IpAddr> {
        forwarded::client_address(peer, proxies, "", x_forwarded_for).ok()
    }
}

/// What the worker makes of a job: a mail.
#[path = "../../../worker/src/mail"]
pub mod mail {
    pub mod compose;
    mod link;
    mod logo;
    mod message;
    mod stencil;
    mod templates;
    mod texts;
    mod wrap;

    use entity::{brand::Brand, settings::Source};
    use settings::ComposeSettings;

    /// One that writes mails as the settings' defaults have them.
    ///
    /// # Panics
    /// If a built-in text or template is broken.
    #[must_use]
    pub fn composer() -> compose::Composer {
        let source = Source::from_parts(None, []).expect("nothing was given");
        let url = "https://app.example".parse().expect("a URL");
        let settings = ComposeSettings {
            from: "Example <no-reply@example.com>".parse().expect("a sender"),
            link: link::LinkTemplate::parse(&source.get::<String>("mail.link").expect("it has a default"), &url)
                .expect("the default is one"),
            brand: Brand::read(&source).expect("all of it has defaults"),
            templates: None,
            dkim: None,
        };
        compose::Composer::new(settings).expect("what is built in is whole")
    }

    /// The least of the mails' settings that their files name.
    pub mod settings {
        use std::path::PathBuf;

        use entity::brand::Brand;
        use lettre::{Message, message::Mailbox};

        use super::link::LinkTemplate;

        /// As in the worker.
        pub struct ComposeSettings {
            pub(super) from: Mailbox,
            pub(super) link: LinkTemplate,
            pub(super) brand: Brand,
            pub(super) templates: Option<PathBuf>,
            pub(super) dkim: Option<Signer>,
        }

        /// There is none: what signs is built of twenty crates more.
        pub(super) enum Signer {}

        impl Signer {
            pub(super) fn sign(&self, _: &mut Message) {
                match *self {}
            }
        }
    }
}
