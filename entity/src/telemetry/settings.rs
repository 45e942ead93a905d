//! Where spans go.

use url::Url;

use crate::settings::{SettingError, Source};

pub(super) const ENDPOINT: &str = "telemetry.otlp_endpoint";
const SAMPLE: &str = "telemetry.sample";

/// Whether spans are made, and where they are sent.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The collector's address for traces; none: no spans are made.
    pub(super) endpoint: Option<Url>,
    /// The share of traces that begin here and are sent, 0 to 1.
    pub(super) sample: f64,
}

impl Settings {
    /// Reads `telemetry.otlp_endpoint` and `telemetry.sample`.
    ///
    /// # Errors
    /// By name, for an endpoint that is no http or https URL, or has more than host, port and path in it, and for a
    /// share that is not from 0 to 1.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let endpoint = source.optional::<Url>(ENDPOINT)?.map(traces_at).transpose()?;
        let sample: f64 = source.get(SAMPLE)?;
        if !(0.0..=1.0).contains(&sample) {
            return Err(SettingError::of(SAMPLE, "must be from 0 to 1"));
        }
        Ok(Self { endpoint, sample })
    }
}

/// Where a collector takes traces: below its endpoint (OTLP 1, "Endpoint URLs for OTLP/HTTP").
fn traces_at(mut endpoint: Url) -> Result<Url, SettingError> {
    if !matches!(endpoint.scheme(), "http" | "https") || !endpoint.has_host() {
        return Err(SettingError::of(ENDPOINT, "must be an http or https URL"));
    }
    let has_more = !endpoint.username().is_empty() || endpoint.password().is_some();
    if has_more || endpoint.query().is_some() || endpoint.fragment().is_some() {
        return Err(SettingError::of(ENDPOINT, "must be host, port and path alone; headers stand elsewhere"));
    }
    let path = format!("{}/v1/traces", endpoint.path().trim_end_matches('/'));
    endpoint.set_path(&path);
    Ok(endpoint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Settings::read(&Source::from_parts(None, variables).unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn spans_are_off_until_a_collector_is_named() {
        let settings = read(&[]).unwrap();
        assert!(settings.endpoint.is_none() && (settings.sample - 1.0).abs() < f64::EPSILON);
        for (given, url) in [
            ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
            ("https://collector.example/otlp/", "https://collector.example/otlp/v1/traces"),
        ] {
            assert_eq!(read(&[("REKEY_TELEMETRY_OTLP_ENDPOINT", given)]).unwrap().endpoint.unwrap().as_str(), url);
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_by_name() {
        for url in ["collector:4318", "grpc://collector:4317", "http://user:word@collector", "http://collector/?key=x"]
        {
            let refused = read(&[("REKEY_TELEMETRY_OTLP_ENDPOINT", url)]).unwrap_err();
            assert!(refused.starts_with("REKEY_TELEMETRY_OTLP_ENDPOINT: ") && !refused.contains("word"), "{refused}");
        }
        for share in ["-0.1", "1.1", "NaN", "all"] {
            let refused = read(&[("REKEY_TELEMETRY_SAMPLE", share)]).unwrap_err();
            assert!(refused.starts_with("REKEY_TELEMETRY_SAMPLE: "), "{refused}");
        }
    }
}
