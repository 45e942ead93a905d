//! account
/// id
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(String);
impl AccountId {
    /// x
    #[must_use] pub fn new(t: impl Into<String>) -> Self { Self(t.into()) }
    /// x
    #[must_use] pub fn as_str(&self) -> &str { &self.0 }
}
