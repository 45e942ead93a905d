//! Traces: what one reset took, through both programs, sent to a collector by OTLP over HTTP.
//!
//! A trace travels as W3C Trace Context: from the caller's `traceparent` through the request into its job, and with the
//! job to the worker. That much happens always, so that the logs of both programs name the same trace. Spans are made
//! and sent only if a collector is set.
//!
//! Spans are begun here by name, and get the attributes that are given to them and no others. Those of the log are no
//! part of them: they hold addresses of clients and pseudonyms, which belong into no other system.

mod context;
mod export;
mod settings;
mod span;

use std::{
    sync::{OnceLock, PoisonError, RwLock},
    time::Duration,
};

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

pub use context::{TraceContext, TraceId};
pub use export::exports;
pub use settings::Settings;
pub use span::{Kind, Span, begin, begin_from, carry, current, within};

use crate::settings::SettingError;

/// Set once, if spans are to be sent.
static TRACER: OnceLock<SdkTracer> = OnceLock::new();
/// What sends them; taken by [`shutdown`].
static PROVIDER: RwLock<Option<SdkTracerProvider>> = RwLock::new(None);

/// Starts to send the spans of a program, if the settings name a collector. It connects when there is something to
/// send, and runs on the runtime that this is called on.
///
/// # Errors
/// By name, for an endpoint that cannot be used.
pub fn init(settings: &Settings, program: &'static str, version: &'static str) -> Result<(), SettingError> {
    let Some(provider) = export::provider(settings, program, version)? else { return Ok(()) };
    let _ = TRACER.set(provider.tracer("rekey"));
    *PROVIDER.write().unwrap_or_else(PoisonError::into_inner) = Some(provider);
    Ok(())
}

/// Sends what is left, for as long as this at most, and makes no more spans that are sent. What a collector does not
/// take by then is lost.
pub async fn shutdown(within: Duration) {
    let provider = PROVIDER.write().unwrap_or_else(PoisonError::into_inner).take();
    let Some(provider) = provider else { return };
    // It waits for the thread that sends, which needs this one to go on.
    let ended = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(within));
    let _ = tokio::time::timeout(within, ended).await;
}
