//! The whole system with real servers, seen from outside.

mod harness;
