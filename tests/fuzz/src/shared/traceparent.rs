//! A trace that somebody else began.

use opentelemetry::trace::SpanContext;

use crate::trace_context::TraceContext;

/// What is taken is written again as it was read, but for flags that have no meaning yet.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(context) = TraceContext::parse(text) else { return };
    let written = context.to_string();
    assert_eq!((written.len(), &written[..53]), (55, &text[..53]));
    assert_eq!(text.len(), 55);
    assert!(text.bytes().all(|octet| octet == b'-' || octet.is_ascii_digit() || (b'a'..=b'f').contains(&octet)));
    assert_eq!(TraceContext::parse(&written), Some(context));
    assert_eq!(context.trace_id().to_string(), text[3..35]);
    let span = SpanContext::from(context);
    assert!(span.is_valid() && span.is_sampled() == context.is_sampled());
    assert_eq!(TraceContext::from(&span), context);
}
