//! Every script against a real Redis; after each test a job is still in exactly one place.

mod claiming;
mod clock;
mod losing;
mod odd_jobs;
mod settling;
mod upgrade;
