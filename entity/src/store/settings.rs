//! Where Redis is and how its keys are named: `redis.*`.

use std::{fmt, num::NonZero, path::PathBuf};

use fred::types::config::{ClusterDiscoveryPolicy, Config, ServerConfig};

use crate::{
    keys::KeyNames,
    settings::{SettingError, Source},
    tls,
};

/// With and without TLS: one server, a Cluster, or what Sentinels say.
const SCHEMES: [&str; 6] = ["redis", "rediss", "redis-cluster", "rediss-cluster", "redis-sentinel", "rediss-sentinel"];

/// Shards at most: each costs every worker a connection and a look a second.
const MAX_SHARDS: u16 = 256;

/// Where Redis is and how its keys are named. Its Debug shows no password.
#[derive(Clone)]
pub struct Settings {
    pub(super) config: Config,
    pub(super) names: KeyNames,
}

impl Settings {
    /// Reads `redis.url`, `redis.ca_file`, `redis.prefix` and `redis.shards`.
    ///
    /// # Errors
    /// By name if one is malformed, or if `redis.ca_file` has no authority.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let url: String = source.get("redis.url")?;
        let ca_file: Option<PathBuf> = source.optional("redis.ca_file")?;
        let (mut config, is_tls) = parse(&url).map_err(|problem| SettingError::of("redis.url", problem))?;
        if is_tls {
            config.tls = Some(tls::client_config("redis.ca_file", ca_file.as_deref())?.into());
        } else if ca_file.is_some() {
            return Err(SettingError::of(
                "redis.ca_file",
                "is of no use without TLS: redis.url must begin with rediss",
            ));
        }
        let prefix: String = source.get("redis.prefix")?;
        if !(1..=64).contains(&prefix.len()) || prefix.contains(['{', '}']) || prefix.chars().any(char::is_control) {
            return Err(SettingError::of("redis.prefix", "must be 1 to 64 octets without braces"));
        }
        let shards: NonZero<u16> = source.get("redis.shards")?;
        if shards.get() > MAX_SHARDS {
            return Err(SettingError::of("redis.shards", format!("must be 1 to {MAX_SHARDS}")));
        }
        Ok(Self { config, names: KeyNames::new(prefix, shards.get()) })
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may carry a password.
        f.debug_struct("Settings").field("names", &self.names).finish_non_exhaustive()
    }
}

/// The client's settings without those of TLS, and whether there is to be any.
fn parse(url: &str) -> Result<(Config, bool), &'static str> {
    const FORMS: &str = "is not redis://host:port/db, rediss://, redis-cluster:// or redis-sentinel://";
    // The client takes any scheme for plain Redis.
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| SCHEMES.contains(scheme)).ok_or(FORMS)?;
    if scheme.ends_with("-sentinel") && !rest.contains("sentinelServiceName=") {
        return Err("names no service: redis-sentinel://host:port?sentinelServiceName=…");
    }
    // By itself it trusts the system's authorities alone, and fails if one of them is odd.
    let plain = scheme.replacen("rediss", "redis", 1);
    let mut config = Config::from_url(&format!("{plain}://{rest}")).map_err(|_| FORMS)?;
    if let ServerConfig::Clustered { policy, .. } = &mut config.server {
        // Where the nodes of the URL are gone, those that were known last are asked.
        *policy = ClusterDiscoveryPolicy::UseCache;
    }
    Ok((config, plain != scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(given: &[(&str, &str)]) -> Result<Settings, SettingError> {
        let given = given.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Settings::read(&Source::from_parts(None, given).unwrap())
    }

    #[test]
    fn every_way_to_run_redis_has_a_url() {
        for (url, is_tls) in [
            ("redis://127.0.0.1:6379/0", false),
            ("redis://user:p%40ss@redis.example:6379/2", false),
            ("rediss://:password@redis.example", true),
            ("redis-cluster://a.example:1?node=b.example:2", false),
            ("rediss-cluster://user:password@a.example:1", true),
            ("redis-sentinel://user:password@a.example:1/0?sentinelServiceName=main&node=b.example:2", false),
            ("rediss-sentinel://a.example:1?sentinelServiceName=main&sentinelUsername=u&sentinelPassword=p", true),
        ] {
            let settings = read(&[("REKEY_REDIS_URL", url)]).unwrap();
            assert_eq!(settings.config.uses_tls(), is_tls, "{url}");
            assert!(!format!("{settings:?}").contains("password"), "{url}");
        }
    }

    #[test]
    fn other_urls_are_refused_by_name() {
        for url in ["redis", "http://127.0.0.1", "redis+unix:///run/redis.sock", "redis-sentinel://a.example:1"] {
            let refused = read(&[("REKEY_REDIS_URL", url)]).unwrap_err().to_string();
            assert!(refused.starts_with("REKEY_REDIS_URL"), "{refused}");
        }
    }

    #[test]
    fn an_authority_is_refused_where_it_vouches_for_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        std::fs::write(&file, "no certificate").unwrap();
        for url in ["redis://127.0.0.1", "rediss://127.0.0.1"] {
            let given = [("REKEY_REDIS_URL", url), ("REKEY_REDIS_CA_FILE", file.to_str().unwrap())];
            let refused = read(&given).unwrap_err().to_string();
            assert!(refused.starts_with("REKEY_REDIS_CA_FILE"), "{refused}");
        }
    }
}
