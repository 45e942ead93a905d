//! What went wrong, in one word.

crate::told::told_enum! {
    /// What went wrong, for programs. Codes are never renamed; a later version can have further ones.
    ProblemCode {
        InvalidRequest = "The call does not fit its description.",
        CodeRejected = "The code is wrong, used, used up or expired, or its challenge is unknown: which of them is not told.",
        TokenRejected = "The token is unknown, used or expired, or the account changed since the code was mailed.",
        PasswordRejected = "The password is refused; `reasons` say why. The token can be used again.",
        SecondFactorRequired = "The account has a second factor: `second_factor_proof` is missing, or is not one for this reset. The token can be used again.",
        ProofRequired = "The service is under attack: work at `proof_challenge` and make the same call again, with `proof`. Nothing was used up.",
        RateLimited = "Too many calls: try again after `Retry-After` seconds.",
        Busy = "Another call holds what this one needs: try again after `Retry-After` seconds. Nothing was used up.",
        Unavailable = "A part of the service is down: try again after `Retry-After` seconds.",
        NotFound = "There is nothing at this path.",
        MethodNotAllowed = "The path takes other methods: see `Allow`.",
        UnsupportedMediaType = "The body is not `application/json`, or it is compressed.",
        PayloadTooLarge = "The body is over 8 KiB.",
        RequestTimeout = "The body did not arrive in time.",
    }
}

impl ProblemCode {
    /// A short text for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidRequest => "The request is not valid",
            Self::CodeRejected => "The code was not accepted",
            Self::TokenRejected => "The reset token was not accepted",
            Self::PasswordRejected => "The password was not accepted",
            Self::SecondFactorRequired => "A second factor is required",
            Self::ProofRequired => "A proof is required",
            Self::RateLimited => "Too many requests",
            Self::Busy => "Busy",
            Self::Unavailable => "Temporarily unavailable",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::PayloadTooLarge => "The body is too large",
            Self::RequestTimeout => "The request took too long",
        }
    }
}
