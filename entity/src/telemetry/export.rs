//! Sending spans.
//!
//! They wait in a queue of their own, from which one thread sends them in batches. A full queue drops spans, and a
//! collector that is away costs nobody anything but its spans.

use std::{
    pin::Pin,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use opentelemetry::KeyValue;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider},
};
use prometheus_client::metrics::{counter::Counter, family::Family};
use tokio::runtime::Handle;

use super::{Settings, settings::ENDPOINT};
use crate::{metrics::Labels, settings::SettingError, tls};

/// Spans that wait at most: about ten for each reset.
const QUEUE: usize = 4_096;
/// Spans of one request to the collector.
const BATCH: usize = 512;
/// How often they are sent.
const EVERY: Duration = Duration::from_secs(1);
/// Longest wait for the collector's answer.
const PATIENCE: Duration = Duration::from_secs(5);

static EXPORTS: LazyLock<Family<Labels<1>, Counter>> = LazyLock::new(|| {
    let exports = Family::<Labels<1>, Counter>::default();
    for outcome in ["sent", "failed"] {
        let _ = exports.get_or_create(&Labels([("outcome", outcome)]));
    }
    exports
});

/// Requests to the collector, by `outcome`: `sent` or `failed`.
#[must_use]
pub fn exports() -> Family<Labels<1>, Counter> {
    EXPORTS.clone()
}

/// What makes and sends spans; none without a collector.
pub(super) fn provider(
    settings: &Settings,
    program: &'static str,
    version: &'static str,
) -> Result<Option<SdkTracerProvider>, SettingError> {
    let Some(endpoint) = &settings.endpoint else { return Ok(None) };
    let client = Client {
        inner: client(endpoint.scheme() == "https")?,
        runtime: Handle::current(),
        up: Arc::new(AtomicBool::new(true)),
    };
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint.as_str())
        .with_timeout(PATIENCE)
        .build()
        .map_err(|_| SettingError::of(ENDPOINT, "cannot be used"))?;
    let batches = BatchConfigBuilder::default()
        .with_max_queue_size(QUEUE)
        .with_max_export_batch_size(BATCH)
        .with_scheduled_delay(EVERY)
        .build();
    // No more than this: a resource's usual attributes name the host and its user.
    let resource = Resource::builder_empty()
        .with_service_name(program)
        .with_attribute(KeyValue::new("service.version", version))
        .build();
    let provider = SdkTracerProvider::builder()
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(settings.sample))))
        .with_resource(resource)
        .with_span_processor(BatchSpanProcessor::builder(exporter).with_batch_config(batches).build())
        .build();
    Ok(Some(provider))
}

/// The HTTP client that the workspace has, with TLS by ring and the system's authorities.
fn client(secure: bool) -> Result<reqwest::Client, SettingError> {
    let tls = if secure {
        tls::client_config(ENDPOINT, None)?
    } else {
        // Never used, but the client would look for a library of its own.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = versions.map_err(|error| SettingError::of(ENDPOINT, error.to_string()))?;
        builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
    };
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|_| SettingError::of(ENDPOINT, "no client can be made for it"))
}

/// Sends on the program's runtime: the thread with the batches has none.
#[derive(Debug)]
struct Client {
    inner: reqwest::Client,
    runtime: Handle,
    /// Whether the last request was taken: a change is logged.
    up: Arc<AtomicBool>,
}

impl HttpClient for Client {
    fn send_bytes<'client, 'sent>(
        &'client self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'sent>>
    where
        'client: 'sent,
        Self: 'sent,
    {
        let (client, up) = (self.inner.clone(), Arc::clone(&self.up));
        let sent = self.runtime.spawn(async move {
            let answer = send(&client, request).await;
            let problem = match &answer {
                Ok(answer) if answer.status().is_success() => None,
                Ok(answer) => Some(format!("answered {}", answer.status().as_u16())),
                // The text names the address, which is the operator's own, and why it was not reached.
                Err(error) => Some(error.to_string()),
            };
            note(&up, problem.as_deref());
            answer
        });
        Box::pin(async move { sent.await? })
    }
}

async fn send(client: &reqwest::Client, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let answer = client.execute(request.try_into()?).await?;
    let status = answer.status();
    Ok(Response::builder().status(status).body(answer.bytes().await?)?)
}

fn note(up: &AtomicBool, problem: Option<&str>) {
    let outcome = if problem.is_none() { "sent" } else { "failed" };
    EXPORTS.get_or_create(&Labels([("outcome", outcome)])).inc();
    match problem {
        None if !up.swap(true, Ordering::Relaxed) => tracing::info!("traces are sent again"),
        Some(problem) if up.swap(false, Ordering::Relaxed) => {
            tracing::warn!(problem, "REKEY_TELEMETRY_OTLP_ENDPOINT: traces cannot be sent");
        }
        _ => {}
    }
}
