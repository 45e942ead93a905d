//! Each generated client performs a whole reset against the running service.

mod dialogue;
mod python;
mod rust;
mod typescript;
