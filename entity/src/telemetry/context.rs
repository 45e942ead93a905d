//! W3C Trace Context, level 1: what names a trace, and a span of it.

use std::fmt;

use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceState};

/// Where in a trace something happens: what `traceparent` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    trace: u128,
    span: u64,
    sampled: bool,
}

/// Names a trace: 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceId(u128);

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl TraceContext {
    /// Reads a `traceparent`: `00-<32 hex>-<16 hex>-<2 hex>`, in lower case, the ids not all zero. None for anything
    /// else: whoever sent it is told nothing, and a new trace begins (W3C Trace Context, section 3.2).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let version = hex(parts.next()?, 2)?;
        let (trace, span, flags) = (hex(parts.next()?, 32)?, hex(parts.next()?, 16)?, hex(parts.next()?, 2)?);
        let span = u64::try_from(span).ok()?;
        let is_whole = version == 0 && trace != 0 && span != 0 && parts.next().is_none();
        is_whole.then_some(Self { trace, span, sampled: flags & 1 == 1 })
    }

    /// The beginning of a new trace, of which nothing is sent.
    #[must_use]
    pub fn random() -> Self {
        Self { trace: rand::random::<u128>().max(1), span: rand::random::<u64>().max(1), sampled: false }
    }

    /// The trace.
    #[must_use]
    pub fn trace_id(&self) -> TraceId {
        TraceId(self.trace)
    }

    /// Whether its spans are sent.
    #[must_use]
    pub fn is_sampled(&self) -> bool {
        self.sampled
    }
}

/// A number of so many hexadecimal digits in lower case.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let is_hex = text.len() == digits && text.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    is_hex.then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

/// As a `traceparent`.
impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace, self.span, u8::from(self.sampled))
    }
}

impl From<TraceContext> for SpanContext {
    fn from(context: TraceContext) -> Self {
        let flags = if context.sampled { TraceFlags::SAMPLED } else { TraceFlags::NOT_SAMPLED };
        Self::new(context.trace.into(), SpanId::from(context.span), flags, true, TraceState::NONE)
    }
}

impl From<&SpanContext> for TraceContext {
    fn from(context: &SpanContext) -> Self {
        Self {
            trace: u128::from_be_bytes(context.trace_id().to_bytes()),
            span: u64::from_be_bytes(context.span_id().to_bytes()),
            sampled: context.is_sampled(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trace_contexts_of_strangers_are_checked() {
        for (text, sampled) in [
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
            ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", false),
        ] {
            let context = TraceContext::parse(text).unwrap();
            assert_eq!((context.to_string().as_str(), context.is_sampled()), (text, sampled));
            assert_eq!(context.trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c");
            assert_eq!(TraceContext::from(&SpanContext::from(context)), context);
        }
        let new = TraceContext::random();
        assert_eq!(TraceContext::parse(&new.to_string()), Some(new));
        for text in [
            "",
            "00-0-0-0",
            "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\"-01",
            "00-0af7651916cd43dd8448eb211c80319c-+7ad6b7169203331-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        ] {
            assert_eq!(TraceContext::parse(text), None, "{text}");
        }
    }
}
