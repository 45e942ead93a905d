//! Who makes a call.

use std::{fmt, net::IpAddr};

use crate::reset_event::MAX_USER_AGENT;

/// Who makes a call, as the trail keeps it: the client's address in clear, for that is what an auditor asks for, and
/// its user agent. It holds no line breaks and no terminal codes (R62, R69).
#[derive(Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// Takes a client's address and its `User-Agent`, of which 256 characters are kept, without control characters.
    #[must_use]
    pub fn new(client: IpAddr, user_agent: Option<&str>) -> Self {
        let agent = user_agent.unwrap_or_default();
        let mut text = format!("{client} ");
        text.reserve(agent.len().min(MAX_USER_AGENT));
        text.extend(agent.chars().filter(|c| !c.is_control()).take(MAX_USER_AGENT));
        Self(text)
    }

    /// As it travels to Redis: the address, a space, the user agent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Origin(…)")
    }
}
