//! Spans, and the one that is being done.

use futures_util::future::Either;
use opentelemetry::{
    Context, KeyValue, Value,
    trace::{Span as _, SpanBuilder, SpanKind, Status, TraceContextExt as _, Tracer as _},
};

use super::{TRACER, TraceContext};

tokio::task_local! {
    static CURRENT: TraceContext;
}

/// What a span is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A call that is answered.
    Server,
    /// A call to another server.
    Client,
    /// A job that is pushed.
    Producer,
    /// A job that is done.
    Consumer,
    /// Work in this program.
    Internal,
}

impl From<Kind> for SpanKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Server => Self::Server,
            Kind::Client => Self::Client,
            Kind::Producer => Self::Producer,
            Kind::Consumer => Self::Consumer,
            Kind::Internal => Self::Internal,
        }
    }
}

/// Something that takes time. It ends when it is dropped. Without a collector it is a context and nothing more.
#[derive(Debug)]
pub struct Span {
    context: TraceContext,
    recorded: Option<opentelemetry_sdk::trace::Span>,
}

impl Span {
    /// Where it is; its children begin from there.
    #[must_use]
    pub fn context(&self) -> TraceContext {
        self.context
    }

    /// Whether it is sent when it ends.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.recorded.as_ref().is_some_and(|span| span.is_recording())
    }

    /// Adds an attribute. The value goes to another system: no address, code, token, nor anything that a stranger wrote.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        if let Some(span) = self.recorded.as_mut().filter(|span| span.is_recording()) {
            span.set_attribute(KeyValue::new(key, value));
        }
    }

    /// Marks it as failed, for a reason that is a word of ours.
    pub fn fail(&mut self, reason: &'static str) {
        if let Some(span) = &mut self.recorded {
            span.set_status(Status::error(reason));
        }
    }
}

/// Begins a span within what is being done now, or the first one of a new trace.
#[must_use]
pub fn begin(name: &'static str, kind: Kind) -> Span {
    begin_from(name, kind, current())
}

/// Begins a span within another, wherever that is; without one, the first span of a new trace.
#[must_use]
pub fn begin_from(name: &'static str, kind: Kind, parent: Option<TraceContext>) -> Span {
    let Some(tracer) = TRACER.get() else {
        return Span { context: parent.unwrap_or_else(TraceContext::random), recorded: None };
    };
    let parent = parent.map_or_else(Context::new, |parent| Context::new().with_remote_span_context(parent.into()));
    let span = tracer.build_with_context(SpanBuilder::from_name(name).with_kind(kind.into()), &parent);
    Span { context: span.span_context().into(), recorded: Some(span) }
}

/// What is being done now, if anything is.
#[must_use]
pub fn current() -> Option<TraceContext> {
    CURRENT.try_with(|context| *context).ok()
}

/// Does something as a part of a span. What it spawns is no part of it, unless it is told so again.
///
/// This is no `async fn`: such a one has room for its argument and once more for what it awaits, in each call that waits.
pub fn within<F: Future>(context: TraceContext, work: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(context, work)
}

/// What is being done now, for work that is spawned: it stays a part of the same span.
pub fn carry<F: Future>(work: F) -> impl Future<Output = F::Output> {
    match current() {
        Some(context) => Either::Left(within(context, work)),
        None => Either::Right(work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn without_a_collector_a_trace_is_handed_on_as_it_came() {
        let came = TraceContext::parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        let span = begin_from("call", Kind::Server, came);
        assert_eq!(Some(span.context()), came);
        let inner = within(span.context(), async { begin("work", Kind::Internal).context() }).await;
        assert_eq!(Some(inner), came);
        assert_eq!(current(), None);
        let spawned = within(span.context(), async { tokio::spawn(carry(async { current() })).await });
        assert_eq!(spawned.await.unwrap(), came);
        assert_ne!(begin("one", Kind::Internal).context(), begin("other", Kind::Internal).context());
    }
}
