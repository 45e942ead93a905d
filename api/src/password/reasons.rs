//! Why a password is refused, for programs to read.

use poem_openapi::types::ParseFromJSON as _;

crate::told::told_enum! {
    /// Why a password was refused. Names are never changed; a later version can have further ones, so a program must
    /// bear one that it does not know.
    #[oai(rename = "PasswordReason")]
    Reason {
        TooShort = "Fewer code points than the service asks for.",
        TooLong = "More than 256 code points.",
        Blocklisted = "It is in a list of refused passwords: the operator's, or one of those that leaked somewhere.",
        TooGuessable = "It would be guessed; what follows says why and what would be better.",
        ContainsContext = "It contains the address or the service's name, and is too guessable without them.",
        WarningRowOfKeys = "Straight rows of keys are easy to guess.",
        WarningKeyboardPattern = "Short keyboard patterns are easy to guess.",
        WarningRepeatedCharacter = "Repeats like `aaa` are easy to guess.",
        WarningRepeatedPattern = "Repeats like `abcabc` are only slightly harder to guess than `abc`.",
        #[oai(rename = "warning_top_10_password")]
        WarningTop10Password = "One of the ten most used passwords.",
        #[oai(rename = "warning_top_100_password")]
        WarningTop100Password = "One of the hundred most used passwords.",
        WarningCommonPassword = "A very common password.",
        WarningSimilarToCommonPassword = "Similar to a commonly used password.",
        WarningSequence = "Sequences like `abc` are easy to guess.",
        WarningRecentYear = "Recent years are easy to guess.",
        WarningSingleWord = "A word by itself is easy to guess.",
        WarningDate = "Dates are often easy to guess.",
        WarningSingleName = "Names and surnames by themselves are easy to guess.",
        WarningCommonName = "Common names and surnames are easy to guess.",
        UseAFewUncommonWords = "Advice: use a few words, and no common phrase.",
        NoNeedForSymbolsOrDigits = "Advice: symbols, digits and capitals are not needed.",
        AddAnotherWord = "Advice: add another word or two, uncommon ones.",
        CapitalsHelpLittle = "Advice: capitals do not help very much.",
        AllCapitalsHelpLittle = "Advice: all capitals are almost as easy to guess as none.",
        ReversedWordsHelpLittle = "Advice: reversed words are not much harder to guess.",
        SubstitutionsHelpLittle = "Advice: predictable substitutions such as `@` for `a` do not help very much.",
        UseLongerKeyboardPattern = "Advice: use a longer keyboard pattern with more turns.",
        AvoidRepetition = "Advice: avoid repeated words and characters.",
        AvoidSequences = "Advice: avoid sequences.",
        AvoidRecentYears = "Advice: avoid recent years.",
        AvoidYourYears = "Advice: avoid years that have to do with you.",
        AvoidYourDates = "Advice: avoid dates and years that have to do with you.",
    }
}

/// The reasons, the decisive ones first. Never empty when a password is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(Vec<Reason>);

impl Reasons {
    /// A single reason.
    #[must_use]
    pub fn one(reason: Reason) -> Self {
        Self(vec![reason])
    }

    /// Adds a reason.
    pub(super) fn add(&mut self, reason: Reason) {
        self.0.push(reason);
    }

    /// Adds those that `estimate.rs` names, which knows nothing of the types here.
    pub(super) fn extend(&mut self, names: impl IntoIterator<Item = &'static str>) {
        self.0.extend(names.into_iter().filter_map(named));
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    #[must_use]
    pub fn into_vec(self) -> Vec<Reason> {
        self.0
    }
}

fn named(name: &str) -> Option<Reason> {
    let found = Reason::parse_from_json(Some(name.into())).ok();
    if found.is_none() {
        tracing::error!(name, "a reason of the estimator is not among those of the description");
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use entity::texts::LANGUAGES;

    use super::*;

    #[test]
    fn r42_the_page_has_a_text_for_every_reason_in_each_of_its_languages_and_for_no_other() {
        let reasons: BTreeSet<String> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        for language in &LANGUAGES {
            let lines = language.text.lines().filter_map(|line| line.strip_prefix("page-reason-")?.split_once(" = "));
            let told: BTreeSet<String> =
                lines.filter(|(_, text)| !text.trim().is_empty()).map(|(reason, _)| reason.to_owned()).collect();
            let missing: Vec<_> = reasons.difference(&told).collect();
            let unknown: Vec<_> = told.difference(&reasons).filter(|reason| *reason != "other").collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{}: {missing:?} {unknown:?}", language.tag);
        }
    }

    #[test]
    fn names_of_the_estimator_are_reasons_and_others_are_dropped() {
        let mut reasons = Reasons::default();
        reasons.extend(["too_guessable", "no_such_reason", "avoid_sequences"]);
        assert_eq!(reasons.into_vec(), [Reason::TooGuessable, Reason::AvoidSequences]);
    }
}
