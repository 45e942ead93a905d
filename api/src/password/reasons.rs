//! Why a password is refused, for programs to read.

use zxcvbn::feedback::{Feedback, Suggestion, Warning};

/// The reasons, the decisive ones first. Never empty when a password is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(Vec<&'static str>);

impl Reasons {
    /// Fewer code points than the setting asks for.
    pub const TOO_SHORT: &'static str = "too_short";
    /// More than 256 code points.
    pub const TOO_LONG: &'static str = "too_long";
    /// It would be guessed.
    pub const TOO_GUESSABLE: &'static str = "too_guessable";
    /// It would be guessed, and contains the address or the service's name.
    pub const CONTAINS_CONTEXT: &'static str = "contains_context";
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

    /// Adds what could be done better.
    pub(super) fn add_feedback(&mut self, feedback: &Feedback) {
        self.0.extend(feedback.warning().map(warning));
        self.0.extend(feedback.suggestions().iter().map(suggestion));
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

/// Spelt out, so that a library that renames its own does not rename ours.
fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "warning_row_of_keys",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "warning_keyboard_pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "warning_repeated_character",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "warning_repeated_pattern",
        Warning::ThisIsATop10Password => "warning_top_10_password",
        Warning::ThisIsATop100Password => "warning_top_100_password",
        Warning::ThisIsACommonPassword => "warning_common_password",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "warning_similar_to_common_password",
        Warning::SequencesLikeAbcAreEasyToGuess => "warning_sequence",
        Warning::RecentYearsAreEasyToGuess => "warning_recent_year",
        Warning::AWordByItselfIsEasyToGuess => "warning_single_word",
        Warning::DatesAreOftenEasyToGuess => "warning_date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess => "warning_single_name",
        Warning::CommonNamesAndSurnamesAreEasyToGuess => "warning_common_name",
    }
}

fn suggestion(suggestion: &Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "use_a_few_uncommon_words",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "no_need_for_symbols_or_digits",
        Suggestion::AddAnotherWordOrTwo => "add_another_word",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "capitals_help_little",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => "all_capitals_help_little",
        Suggestion::ReversedWordsArentMuchHarderToGuess => "reversed_words_help_little",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "substitutions_help_little",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "use_longer_keyboard_pattern",
        Suggestion::AvoidRepeatedWordsAndCharacters => "avoid_repetition",
        Suggestion::AvoidSequences => "avoid_sequences",
        Suggestion::AvoidRecentYears => "avoid_recent_years",
        Suggestion::AvoidYearsThatAreAssociatedWithYou => "avoid_your_years",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "avoid_your_dates",
    }
}
