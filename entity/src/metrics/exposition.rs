//! The text that a scrape is answered with.

use prometheus_client::{
    encoding::{prometheus_text, text},
    registry::Registry,
};

const OPEN_METRICS: &str = "application/openmetrics-text";
const OPEN_METRICS_1: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// All metrics, and the `Content-Type` of the text: OpenMetrics for who accepts it by name, as Prometheus does, else
/// Prometheus' own, which every other collector reads.
///
/// # Errors
/// None that writing to memory could meet.
pub fn encode(registry: &Registry, accept: Option<&str>) -> Result<(&'static str, String), std::fmt::Error> {
    let mut body = String::new();
    if accept.is_some_and(|accept| accept.contains(OPEN_METRICS)) {
        text::encode(&mut body, registry)?;
        Ok((OPEN_METRICS_1, body))
    } else {
        prometheus_text::encode(&mut body, registry)?;
        Ok((prometheus_text::CONTENT_TYPE, body))
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::metrics::counter::Counter;

    use super::*;

    #[test]
    fn the_form_is_the_one_that_is_accepted() {
        let mut registry = Registry::default();
        registry.register("rekey_things", "Things", Counter::<u64>::default());
        let prometheus = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
        let (kind, body) = encode(&registry, Some(prometheus)).unwrap();
        assert_eq!(kind, OPEN_METRICS_1);
        assert_eq!(body, "# HELP rekey_things Things.\n# TYPE rekey_things counter\nrekey_things_total 0\n# EOF\n");
        for accept in [None, Some("*/*"), Some("text/html")] {
            let (kind, body) = encode(&registry, accept).unwrap();
            assert_eq!(kind, "text/plain; version=0.0.4; charset=utf-8");
            assert!(body.ends_with("# TYPE rekey_things_total counter\nrekey_things_total 0\n"), "{body}");
        }
    }
}
