// Written by openapi/rust/generate out of openapi/openapi.json, never edited.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///A challenge was opened. The answer is the same whether or not the address has an account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Challenge {
        ///Names the challenge in `verify`, and in a later `request` to mail its code once more.
        pub challenge_id: ::std::string::String,
        ///Seconds for which the code lives on.
        pub expires_in: u64,
        ///Seconds until the code may be mailed once more; null: not any more.
        #[serde(deserialize_with = "::std::option::Option::deserialize")]
        pub resend_in: ::std::option::Option<u64>,
    }
    ///Set the new password.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct ConfirmBody {
        ///The new password: any Unicode, 256 code points at most; how many at least and how strong is the service's setting.
        pub new_password: crate::Secret,
        ///What `verify` answered.
        pub reset_token: crate::Secret,
        /**For an account that has a second factor, where the service asks for it (`second_factor_required`): the
application's signed statement (JWT) that the user showed it, for this reset.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub second_factor_proof: ::std::option::Option<crate::Secret>,
    }
    /**Why a password was refused. Names are never changed; a later version can have further ones, so a program must bear one that it does not know.

- `too_short`: Fewer code points than the service asks for.
- `too_long`: More than 256 code points.
- `blocklisted`: It is in a list of refused passwords: the operator's, or one of those that leaked somewhere.
- `too_guessable`: It would be guessed; what follows says why and what would be better.
- `contains_context`: It contains the address or the service's name, and is too guessable without them.
- `warning_row_of_keys`: Straight rows of keys are easy to guess.
- `warning_keyboard_pattern`: Short keyboard patterns are easy to guess.
- `warning_repeated_character`: Repeats like `aaa` are easy to guess.
- `warning_repeated_pattern`: Repeats like `abcabc` are only slightly harder to guess than `abc`.
- `warning_top_10_password`: One of the ten most used passwords.
- `warning_top_100_password`: One of the hundred most used passwords.
- `warning_common_password`: A very common password.
- `warning_similar_to_common_password`: Similar to a commonly used password.
- `warning_sequence`: Sequences like `abc` are easy to guess.
- `warning_recent_year`: Recent years are easy to guess.
- `warning_single_word`: A word by itself is easy to guess.
- `warning_date`: Dates are often easy to guess.
- `warning_single_name`: Names and surnames by themselves are easy to guess.
- `warning_common_name`: Common names and surnames are easy to guess.
- `use_a_few_uncommon_words`: Advice: use a few words, and no common phrase.
- `no_need_for_symbols_or_digits`: Advice: symbols, digits and capitals are not needed.
- `add_another_word`: Advice: add another word or two, uncommon ones.
- `capitals_help_little`: Advice: capitals do not help very much.
- `all_capitals_help_little`: Advice: all capitals are almost as easy to guess as none.
- `reversed_words_help_little`: Advice: reversed words are not much harder to guess.
- `substitutions_help_little`: Advice: predictable substitutions such as `@` for `a` do not help very much.
- `use_longer_keyboard_pattern`: Advice: use a longer keyboard pattern with more turns.
- `avoid_repetition`: Advice: avoid repeated words and characters.
- `avoid_sequences`: Advice: avoid sequences.
- `avoid_recent_years`: Advice: avoid recent years.
- `avoid_your_years`: Advice: avoid years that have to do with you.
- `avoid_your_dates`: Advice: avoid dates and years that have to do with you.*/
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PasswordReason {
        #[serde(rename = "too_short")]
        TooShort,
        #[serde(rename = "too_long")]
        TooLong,
        #[serde(rename = "blocklisted")]
        Blocklisted,
        #[serde(rename = "too_guessable")]
        TooGuessable,
        #[serde(rename = "contains_context")]
        ContainsContext,
        #[serde(rename = "warning_row_of_keys")]
        WarningRowOfKeys,
        #[serde(rename = "warning_keyboard_pattern")]
        WarningKeyboardPattern,
        #[serde(rename = "warning_repeated_character")]
        WarningRepeatedCharacter,
        #[serde(rename = "warning_repeated_pattern")]
        WarningRepeatedPattern,
        #[serde(rename = "warning_top_10_password")]
        WarningTop10Password,
        #[serde(rename = "warning_top_100_password")]
        WarningTop100Password,
        #[serde(rename = "warning_common_password")]
        WarningCommonPassword,
        #[serde(rename = "warning_similar_to_common_password")]
        WarningSimilarToCommonPassword,
        #[serde(rename = "warning_sequence")]
        WarningSequence,
        #[serde(rename = "warning_recent_year")]
        WarningRecentYear,
        #[serde(rename = "warning_single_word")]
        WarningSingleWord,
        #[serde(rename = "warning_date")]
        WarningDate,
        #[serde(rename = "warning_single_name")]
        WarningSingleName,
        #[serde(rename = "warning_common_name")]
        WarningCommonName,
        #[serde(rename = "use_a_few_uncommon_words")]
        UseAFewUncommonWords,
        #[serde(rename = "no_need_for_symbols_or_digits")]
        NoNeedForSymbolsOrDigits,
        #[serde(rename = "add_another_word")]
        AddAnotherWord,
        #[serde(rename = "capitals_help_little")]
        CapitalsHelpLittle,
        #[serde(rename = "all_capitals_help_little")]
        AllCapitalsHelpLittle,
        #[serde(rename = "reversed_words_help_little")]
        ReversedWordsHelpLittle,
        #[serde(rename = "substitutions_help_little")]
        SubstitutionsHelpLittle,
        #[serde(rename = "use_longer_keyboard_pattern")]
        UseLongerKeyboardPattern,
        #[serde(rename = "avoid_repetition")]
        AvoidRepetition,
        #[serde(rename = "avoid_sequences")]
        AvoidSequences,
        #[serde(rename = "avoid_recent_years")]
        AvoidRecentYears,
        #[serde(rename = "avoid_your_years")]
        AvoidYourYears,
        #[serde(rename = "avoid_your_dates")]
        AvoidYourDates,
        #[serde(rename = "unknown")]
        Unknown,
    }
    impl ::std::fmt::Display for PasswordReason {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::TooShort => f.write_str("too_short"),
                Self::TooLong => f.write_str("too_long"),
                Self::Blocklisted => f.write_str("blocklisted"),
                Self::TooGuessable => f.write_str("too_guessable"),
                Self::ContainsContext => f.write_str("contains_context"),
                Self::WarningRowOfKeys => f.write_str("warning_row_of_keys"),
                Self::WarningKeyboardPattern => f.write_str("warning_keyboard_pattern"),
                Self::WarningRepeatedCharacter => {
                    f.write_str("warning_repeated_character")
                }
                Self::WarningRepeatedPattern => f.write_str("warning_repeated_pattern"),
                Self::WarningTop10Password => f.write_str("warning_top_10_password"),
                Self::WarningTop100Password => f.write_str("warning_top_100_password"),
                Self::WarningCommonPassword => f.write_str("warning_common_password"),
                Self::WarningSimilarToCommonPassword => {
                    f.write_str("warning_similar_to_common_password")
                }
                Self::WarningSequence => f.write_str("warning_sequence"),
                Self::WarningRecentYear => f.write_str("warning_recent_year"),
                Self::WarningSingleWord => f.write_str("warning_single_word"),
                Self::WarningDate => f.write_str("warning_date"),
                Self::WarningSingleName => f.write_str("warning_single_name"),
                Self::WarningCommonName => f.write_str("warning_common_name"),
                Self::UseAFewUncommonWords => f.write_str("use_a_few_uncommon_words"),
                Self::NoNeedForSymbolsOrDigits => {
                    f.write_str("no_need_for_symbols_or_digits")
                }
                Self::AddAnotherWord => f.write_str("add_another_word"),
                Self::CapitalsHelpLittle => f.write_str("capitals_help_little"),
                Self::AllCapitalsHelpLittle => f.write_str("all_capitals_help_little"),
                Self::ReversedWordsHelpLittle => {
                    f.write_str("reversed_words_help_little")
                }
                Self::SubstitutionsHelpLittle => f.write_str("substitutions_help_little"),
                Self::UseLongerKeyboardPattern => {
                    f.write_str("use_longer_keyboard_pattern")
                }
                Self::AvoidRepetition => f.write_str("avoid_repetition"),
                Self::AvoidSequences => f.write_str("avoid_sequences"),
                Self::AvoidRecentYears => f.write_str("avoid_recent_years"),
                Self::AvoidYourYears => f.write_str("avoid_your_years"),
                Self::AvoidYourDates => f.write_str("avoid_your_dates"),
                Self::Unknown => f.write_str("unknown"),
            }
        }
    }
    impl ::std::str::FromStr for PasswordReason {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "too_short" => Ok(Self::TooShort),
                "too_long" => Ok(Self::TooLong),
                "blocklisted" => Ok(Self::Blocklisted),
                "too_guessable" => Ok(Self::TooGuessable),
                "contains_context" => Ok(Self::ContainsContext),
                "warning_row_of_keys" => Ok(Self::WarningRowOfKeys),
                "warning_keyboard_pattern" => Ok(Self::WarningKeyboardPattern),
                "warning_repeated_character" => Ok(Self::WarningRepeatedCharacter),
                "warning_repeated_pattern" => Ok(Self::WarningRepeatedPattern),
                "warning_top_10_password" => Ok(Self::WarningTop10Password),
                "warning_top_100_password" => Ok(Self::WarningTop100Password),
                "warning_common_password" => Ok(Self::WarningCommonPassword),
                "warning_similar_to_common_password" => {
                    Ok(Self::WarningSimilarToCommonPassword)
                }
                "warning_sequence" => Ok(Self::WarningSequence),
                "warning_recent_year" => Ok(Self::WarningRecentYear),
                "warning_single_word" => Ok(Self::WarningSingleWord),
                "warning_date" => Ok(Self::WarningDate),
                "warning_single_name" => Ok(Self::WarningSingleName),
                "warning_common_name" => Ok(Self::WarningCommonName),
                "use_a_few_uncommon_words" => Ok(Self::UseAFewUncommonWords),
                "no_need_for_symbols_or_digits" => Ok(Self::NoNeedForSymbolsOrDigits),
                "add_another_word" => Ok(Self::AddAnotherWord),
                "capitals_help_little" => Ok(Self::CapitalsHelpLittle),
                "all_capitals_help_little" => Ok(Self::AllCapitalsHelpLittle),
                "reversed_words_help_little" => Ok(Self::ReversedWordsHelpLittle),
                "substitutions_help_little" => Ok(Self::SubstitutionsHelpLittle),
                "use_longer_keyboard_pattern" => Ok(Self::UseLongerKeyboardPattern),
                "avoid_repetition" => Ok(Self::AvoidRepetition),
                "avoid_sequences" => Ok(Self::AvoidSequences),
                "avoid_recent_years" => Ok(Self::AvoidRecentYears),
                "avoid_your_years" => Ok(Self::AvoidYourYears),
                "avoid_your_dates" => Ok(Self::AvoidYourDates),
                "unknown" => Ok(Self::Unknown),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PasswordReason {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PasswordReason {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///An error (RFC 9457). It never repeats what was sent.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Problem {
        pub code: ::std::string::String,
        ///What to do about it, for developers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub proof_challenge: ::std::option::Option<ProofChallenge>,
        ///Why a password was refused, the decisive reasons first. With `password_rejected` alone, and never empty then.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub reasons: ::std::vec::Vec<::std::string::String>,
        ///The HTTP status.
        pub status: u16,
        ///A short text for people.
        pub title: ::std::string::String,
        ///`about:blank`: what went wrong is in `code`.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    /**What went wrong, for programs. Codes are never renamed; a later version can have further ones.

- `invalid_request`: The call does not fit its description.
- `code_rejected`: The code is wrong, used, used up or expired, or its challenge is unknown: which of them is not told.
- `token_rejected`: The token is unknown, used or expired, or the account changed since the code was mailed.
- `password_rejected`: The password is refused; `reasons` say why. The token can be used again.
- `second_factor_required`: The account has a second factor: `second_factor_proof` is missing, or is not one for this reset. The token can be used again.
- `proof_required`: The service is under attack: work at `proof_challenge` and make the same call again, with `proof`. Nothing was used up.
- `rate_limited`: Too many calls: try again after `Retry-After` seconds.
- `busy`: Another call holds what this one needs: try again after `Retry-After` seconds. Nothing was used up.
- `unavailable`: A part of the service is down: try again after `Retry-After` seconds.
- `not_found`: There is nothing at this path.
- `method_not_allowed`: The path takes other methods: see `Allow`.
- `unsupported_media_type`: The body is not `application/json`, or it is compressed.
- `payload_too_large`: The body is over 8 KiB.
- `request_timeout`: The body did not arrive in time.*/
    #[non_exhaustive]
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ProblemCode {
        #[serde(rename = "invalid_request")]
        InvalidRequest,
        #[serde(rename = "code_rejected")]
        CodeRejected,
        #[serde(rename = "token_rejected")]
        TokenRejected,
        #[serde(rename = "password_rejected")]
        PasswordRejected,
        #[serde(rename = "second_factor_required")]
        SecondFactorRequired,
        #[serde(rename = "proof_required")]
        ProofRequired,
        #[serde(rename = "rate_limited")]
        RateLimited,
        #[serde(rename = "busy")]
        Busy,
        #[serde(rename = "unavailable")]
        Unavailable,
        #[serde(rename = "not_found")]
        NotFound,
        #[serde(rename = "method_not_allowed")]
        MethodNotAllowed,
        #[serde(rename = "unsupported_media_type")]
        UnsupportedMediaType,
        #[serde(rename = "payload_too_large")]
        PayloadTooLarge,
        #[serde(rename = "request_timeout")]
        RequestTimeout,
        #[serde(rename = "unknown")]
        Unknown,
    }
    impl ::std::fmt::Display for ProblemCode {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::InvalidRequest => f.write_str("invalid_request"),
                Self::CodeRejected => f.write_str("code_rejected"),
                Self::TokenRejected => f.write_str("token_rejected"),
                Self::PasswordRejected => f.write_str("password_rejected"),
                Self::SecondFactorRequired => f.write_str("second_factor_required"),
                Self::ProofRequired => f.write_str("proof_required"),
                Self::RateLimited => f.write_str("rate_limited"),
                Self::Busy => f.write_str("busy"),
                Self::Unavailable => f.write_str("unavailable"),
                Self::NotFound => f.write_str("not_found"),
                Self::MethodNotAllowed => f.write_str("method_not_allowed"),
                Self::UnsupportedMediaType => f.write_str("unsupported_media_type"),
                Self::PayloadTooLarge => f.write_str("payload_too_large"),
                Self::RequestTimeout => f.write_str("request_timeout"),
                Self::Unknown => f.write_str("unknown"),
            }
        }
    }
    impl ::std::str::FromStr for ProblemCode {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "invalid_request" => Ok(Self::InvalidRequest),
                "code_rejected" => Ok(Self::CodeRejected),
                "token_rejected" => Ok(Self::TokenRejected),
                "password_rejected" => Ok(Self::PasswordRejected),
                "second_factor_required" => Ok(Self::SecondFactorRequired),
                "proof_required" => Ok(Self::ProofRequired),
                "rate_limited" => Ok(Self::RateLimited),
                "busy" => Ok(Self::Busy),
                "unavailable" => Ok(Self::Unavailable),
                "not_found" => Ok(Self::NotFound),
                "method_not_allowed" => Ok(Self::MethodNotAllowed),
                "unsupported_media_type" => Ok(Self::UnsupportedMediaType),
                "payload_too_large" => Ok(Self::PayloadTooLarge),
                "request_timeout" => Ok(Self::RequestTimeout),
                "unknown" => Ok(Self::Unknown),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProblemCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProblemCode {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Which call a proof is for.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum ProofAction {
        #[serde(rename = "request")]
        Request,
        #[serde(rename = "verify")]
        Verify,
    }
    impl ::std::fmt::Display for ProofAction {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Request => f.write_str("request"),
                Self::Verify => f.write_str("verify"),
            }
        }
    }
    impl ::std::str::FromStr for ProofAction {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "request" => Ok(Self::Request),
                "verify" => Ok(Self::Verify),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for ProofAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for ProofAction {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    /**What to work at: a challenge of ALTCHA's proof of work 2. Find the first `counter`, from 0, for which the derived key
begins with `keyPrefix`: PBKDF2 of the bytes of `nonce` followed by the counter in four bytes, big-endian, with the
bytes of `salt`. The `proof` is the Base64 of the JSON
`{"challenge": …, "solution": {"counter": …, "derivedKey": "…"}}`, with this whole object as `challenge`.*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProofChallenge {
        pub parameters: ProofParameters,
        ///Says that the service asked this. Send it back as it is.
        pub signature: ::std::string::String,
    }
    ///What a proof is for.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProofData {
        pub action: ProofAction,
        ///The part of the service that asks.
        pub shard: u16,
    }
    ///The parameters of a `ProofChallenge`, in ALTCHA's names.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ProofParameters {
        ///`PBKDF2/SHA-256`
        pub algorithm: ::std::string::String,
        ///Iterations of each attempt.
        pub cost: u32,
        pub data: ProofData,
        ///When it is too late: seconds since 1970.
        #[serde(rename = "expiresAt")]
        pub expires_at: u64,
        ///Bytes to derive.
        #[serde(rename = "keyLength")]
        pub key_length: u32,
        ///How the derived key has to begin, in hexadecimal digits.
        #[serde(rename = "keyPrefix")]
        pub key_prefix: ::std::string::String,
        ///16 bytes in hexadecimal digits.
        pub nonce: ::std::string::String,
        ///16 bytes in hexadecimal digits.
        pub salt: ::std::string::String,
    }
    ///Ask for a reset.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct RequestBody {
        ///A challenge of the same address, to mail its code once more.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub challenge_id: ::std::option::Option<::std::string::String>,
        ///The address of the account, ASCII, 254 octets at most. International domains as A-labels.
        pub email: ::std::string::String,
        ///The language of the mail, if the account has none: a BCP 47 tag such as `zh-CN`. Without it `Accept-Language` counts.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub locale: ::std::option::Option<::std::string::String>,
        ///What was worked out after a `proof_required`: see `ProofChallenge`. Good for one call.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub proof: ::std::option::Option<::std::string::String>,
    }
    ///The code was right.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Verified {
        ///Seconds for which the token lives.
        pub expires_in: u64,
        ///Lets its holder set one new password. Keep it in memory alone.
        pub reset_token: crate::Secret,
    }
    ///Exchange the mailed code for a reset token.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(deny_unknown_fields)]
    pub struct VerifyBody {
        ///The challenge that the code belongs to.
        pub challenge_id: ::std::string::String,
        ///The code as the user typed it: dashes, spaces and case do not matter.
        pub code: crate::Secret,
        ///What was worked out after a `proof_required`: see `ProofChallenge`. Good for one call.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub proof: ::std::option::Option<::std::string::String>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for Rekey

Three calls reset a password: `request` mails a code, `verify` exchanges it for a token, `confirm` sets the new password. Errors are `application/problem+json` (RFC 9457) with a stable `code`, on every path and for every method: a path that does not exist answers 404 `not_found`, another method than POST 405 `method_not_allowed` with `Allow`. 429 and 503 carry `Retry-After`. None of the calls needs a credential; all are limited by client and by address.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap())
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}
impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &() {
        &()
    }
}
impl ClientHooks<()> for &Client {}
#[allow(clippy::all)]
impl Client {
    /**Set the new password

A refused password leaves the token usable, ten times. After a lost answer a repeated call gets `token_rejected`:
the password may have been changed, so the user tries to log in with it. Where the service asks for it, an account
that has a second factor needs a `second_factor_proof` of its application; without one the token stays usable, and
it counts like a refused password.

Sends a `POST` request to `/password-reset/confirm`

*/
    pub async fn confirm_password_reset<'a>(
        &'a self,
        body: &'a types::ConfirmBody,
    ) -> Result<ResponseValue<()>, Error<types::Problem>> {
        let url = format!("{}/password-reset/confirm", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "confirm_password_reset",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            204u16 => Ok(ResponseValue::empty(response)),
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Ask for a reset

Opens a challenge and mails its code, if the address has an account; the answer does not tell. With the id of a
live challenge of the same address its code is mailed once more.

Sends a `POST` request to `/password-reset/request`

Arguments:
- `idempotency_key`: Any text of 1 to 255 visible ASCII characters that is new for each reset: a repeated call with the same key
and body gets the first answer again, so that a lost answer costs nobody their code.
- `body`
*/
    pub async fn request_password_reset<'a>(
        &'a self,
        idempotency_key: Option<&'a str>,
        body: &'a types::RequestBody,
    ) -> Result<ResponseValue<types::Challenge>, Error<types::Problem>> {
        let url = format!("{}/password-reset/request", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = idempotency_key {
            header_map.append("Idempotency-Key", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "request_password_reset",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Exchange the code for a reset token

A challenge bears five wrong codes. A wrong, used or expired code and an unknown challenge get the same answer.

Sends a `POST` request to `/password-reset/verify`

*/
    pub async fn verify_code<'a>(
        &'a self,
        body: &'a types::VerifyBody,
    ) -> Result<ResponseValue<types::Verified>, Error<types::Problem>> {
        let url = format!("{}/password-reset/verify", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "verify_code",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            408u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            413u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            415u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            503u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
