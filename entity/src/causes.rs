//! What lies beneath an error.

use std::{error::Error, io, iter};

/// All that an error was caused by, the nearest first. An I/O error hides what it was made of from `source`: it is looked
/// into.
pub fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(error.source(), |&inner| {
        let hidden = inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        hidden.map(|hidden| hidden as &(dyn Error + 'static)).or_else(|| inner.source())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("outside")]
    struct Outside(#[source] io::Error);

    #[test]
    fn what_an_io_error_was_made_of_is_among_the_causes() {
        let error = Outside(io::Error::other(Outside(io::Error::from(io::ErrorKind::TimedOut))));
        let found: Vec<_> = causes(&error).map(ToString::to_string).collect();
        assert_eq!(found, ["outside", "outside", "timed out"]);
        assert!(causes(&error).nth(1).is_some_and(|cause| cause.is::<Outside>()));
    }
}
