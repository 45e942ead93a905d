//! The servers that Rekey stands on, real ones.

pub mod collector;
pub mod database;
pub mod mariadb;
pub mod postgres;
pub mod ranges;
pub mod receiver;
pub mod redis;
mod shared;
pub mod smtp;
