//! A collector of traces inside the test: OTLP over HTTP, as far as a sender of spans needs it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use prost::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::hex::hex;
use crate::port::Port;

/// A span as it arrived.
#[derive(Clone, Debug)]
pub struct Span {
    /// The program that made it.
    pub program: String,
    /// What it is about.
    pub name: String,
    /// 32 hexadecimal digits.
    pub trace: String,
    /// 16 hexadecimal digits.
    pub id: String,
    /// The same of the span that it is part of; empty for the first of a trace.
    pub parent: String,
    /// Its attributes, as text.
    pub attributes: BTreeMap<String, String>,
    /// Whether it is marked as failed.
    pub failed: bool,
    /// All of it, with the resource that it came with, in a form to be searched.
    pub whole: String,
}

/// The collector.
#[derive(Debug)]
pub struct Collector {
    port: Port,
    spans: Arc<Mutex<Vec<Span>>>,
    listening: Option<JoinHandle<()>>,
}

impl Collector {
    /// Starts one that takes what it gets.
    pub async fn start() -> Self {
        Self::answering(true).await
    }

    /// Starts one that reads what it gets and never answers.
    pub async fn hanging() -> Self {
        Self::answering(false).await
    }

    /// Reserves a port on which nobody listens.
    #[must_use]
    pub fn away() -> Self {
        Self { port: Port::free(), spans: Arc::default(), listening: None }
    }

    async fn answering(answers: bool) -> Self {
        let port = Port::free();
        let listener = TcpListener::bind(port.address()).await.expect("the port is ours");
        let spans = Arc::<Mutex<Vec<Span>>>::default();
        let kept = Arc::clone(&spans);
        let listening = tokio::spawn(async move {
            // The connections end with this task.
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&kept), answers));
            }
        });
        Self { port, spans, listening: Some(listening) }
    }

    /// What `telemetry.otlp_endpoint` has to be.
    #[must_use]
    pub fn url(&self) -> String {
        let address: SocketAddr = self.port.address();
        format!("http://{address}")
    }

    /// All spans so far.
    ///
    /// # Panics
    /// If a connection panicked.
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        self.spans.lock().expect("no connection panics").clone()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        if let Some(task) = &self.listening {
            task.abort();
        }
    }
}

/// Answers one request after the other, until the sender leaves.
async fn serve(mut stream: TcpStream, spans: Arc<Mutex<Vec<Span>>>, answers: bool) {
    let mut bytes = Vec::new();
    loop {
        let Some((body, length)) = whole_request(&bytes) else {
            let mut more = [0; 16 * 1024];
            match stream.read(&mut more).await {
                Ok(read) if read > 0 => bytes.extend_from_slice(&more[..read]),
                _ => return,
            }
            continue;
        };
        let request = ExportTraceServiceRequest::decode(body).expect("what is sent to /v1/traces is OTLP in Protobuf");
        if !answers {
            std::future::pending::<()>().await;
        }
        spans.lock().expect("no connection panics").extend(read(&request));
        bytes.drain(..length);
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n";
        if stream.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// The body of the first request, and the octets of all of it, if it is there.
fn whole_request(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    assert!(head.starts_with("post /v1/traces "), "another path: {head}");
    assert!(head.contains("content-type: application/x-protobuf"), "another form: {head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    let length: usize = length.trim().parse().expect("a length is a number");
    let body = bytes.get(end..end + length)?;
    Some((body, end + length))
}

fn read(request: &ExportTraceServiceRequest) -> Vec<Span> {
    let mut spans = Vec::new();
    for resource in &request.resource_spans {
        let about = resource.resource.as_ref().map(|about| attributes(&about.attributes)).unwrap_or_default();
        for span in resource.scope_spans.iter().flat_map(|scope| &scope.spans) {
            spans.push(Span {
                program: about.get("service.name").cloned().unwrap_or_default(),
                name: span.name.clone(),
                trace: hex(&span.trace_id),
                id: hex(&span.span_id),
                parent: hex(&span.parent_span_id),
                attributes: attributes(&span.attributes),
                failed: span.status.as_ref().is_some_and(|status| status.code == 2),
                whole: format!("{about:?} {span:?}"),
            });
        }
    }
    spans
}

fn attributes(pairs: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |pair: &KeyValue| match pair.value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(any_value::Value::StringValue(text)) => text.clone(),
        Some(any_value::Value::IntValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    pairs.iter().map(|pair| (pair.key.clone(), text(pair))).collect()
}
