//! What the API reads.

pub mod accept_language;
pub mod body;
pub mod forwarded_for;
pub mod lookup_answer;
pub mod password;
pub mod proof;
pub mod second_factor;
pub mod stored_hash;

#[path = "../../../api/src/password/lookup/answer.rs"]
mod answer;
#[path = "../../../api/src/password/estimate.rs"]
mod estimate;
#[path = "../../../api/src/http/caller/forwarded.rs"]
mod forwarded;
#[path = "../../../api/src/second_factor/key.rs"]
mod key;
#[path = "../../../api/src/request/languages.rs"]
mod languages;
#[path = "../../../api/src/proof/sent.rs"]
mod sent;
#[path = "../../../api/src/second_factor/statement.rs"]
mod statement;
#[path = "../../../api/src/password/stored.rs"]
#[rustfmt::skip] // It is formatted where it belongs; its tests would be looked for here.
mod stored;
#[path = "../../../api/src/http/body/strict.rs"]
mod strict;
#[path = "../../../api/src/proof/work.rs"]
mod work;
