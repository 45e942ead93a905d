//! Each generated client performs a whole reset against the running service, and a receiver verifies its webhook.

mod dialogue;
mod python;
mod rust;
mod typescript;
mod webhook;
