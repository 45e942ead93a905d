//! Why a password is refused, for programs to read.

/// The reasons, the decisive ones first. Never empty when a password is refused. Those of a guessable one are named in
/// `estimate.rs`, which the page shares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(Vec<&'static str>);

impl Reasons {
    /// Fewer code points than the setting asks for.
    pub const TOO_SHORT: &'static str = "too_short";
    /// More than 256 code points.
    pub const TOO_LONG: &'static str = "too_long";
    /// It is in the operator's list.
    pub const BLOCKLISTED: &'static str = "blocklisted";

    /// A single reason.
    #[must_use]
    pub fn one(code: &'static str) -> Self {
        Self(vec![code])
    }

    /// Adds a reason.
    pub(super) fn add(&mut self, code: &'static str) {
        self.0.push(code);
    }

    /// Adds several.
    pub(super) fn extend(&mut self, codes: impl IntoIterator<Item = &'static str>) {
        self.0.extend(codes);
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their names in `snake_case`. Names are never changed; new ones can come.
    #[must_use]
    pub fn codes(&self) -> Vec<String> {
        self.0.iter().map(|&code| code.to_owned()).collect()
    }
}
