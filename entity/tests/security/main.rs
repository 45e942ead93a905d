//! What docs/security.md says and the sources have to hold.

mod odds;
mod secrets;
