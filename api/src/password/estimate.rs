//! How guessable a password is.
//!
//! This file is compiled twice: here, where it refuses passwords, and into the page's WebAssembly, where it shows the
//! same while somebody types (`web-ui/strength` names it by its path; a crate for two users would be one too many). So
//! nothing but `zxcvbn` and `zeroize` may be used, and a test beside it weighs 10,000 passwords in both.

use zeroize::Zeroizing;
use zxcvbn::{
    Entropy, Score,
    feedback::{Feedback, Suggestion, Warning},
    matching::{Match, patterns::MatchPattern},
    zxcvbn,
};

/// It would be guessed.
const TOO_GUESSABLE: &str = "too_guessable";
/// It would be guessed, and contains the address or the service's name.
const CONTAINS_CONTEXT: &str = "contains_context";

/// Code points that are weighed. The time for it grows with the cube of the length: 100 hostile ones took 0.8 s, and
/// whoever is not guessable in 40 does not become so after.
const WEIGHED_CODE_POINTS: usize = 40;
/// "Safely unguessable: moderate protection from an offline attack" (10⁸ guesses and more).
const LEAST_SCORE: Score = Score::Three;
/// Shorter pieces of context stand in passwords by chance.
const LEAST_CONTEXT: usize = 4;

/// Weighs a password in the form that is hashed. A stranger who knows the account would try its address and the
/// service's name; without an address, it is weighed as if they did not know it.
///
/// Returns zxcvbn's score from 0 to 4, that of the whole or that of what is not context, whichever is worse, and why it
/// is refused, with advice: nothing if it is good enough.
pub fn estimate(password: &str, address: Option<&str>, service: &str) -> (u8, Vec<&'static str>) {
    let weighed = first(password, WEIGHED_CODE_POINTS);
    let context = context(address, service);
    let pieces: Vec<&str> = context.iter().map(String::as_str).collect();
    let lower = Zeroizing::new(weighed.to_lowercase());
    let rest = without(&lower, &pieces);
    let whole = zxcvbn(&weighed, &pieces);
    // zxcvbn takes three known words in a row for a good password, whatever they are: what is not the context's must
    // be good as well.
    let contains_context = rest.len() < lower.len();
    let score = if contains_context { whole.score().min(zxcvbn(&rest, &[]).score()) } else { whole.score() };
    let mut reasons = Vec::new();
    if score < LEAST_SCORE {
        reasons.push(TOO_GUESSABLE);
        reasons.extend(contains_context.then_some(CONTAINS_CONTEXT));
        reasons.extend(whole.feedback().into_iter().flat_map(|feedback| advice(feedback, whole.sequence())));
    }
    (u8::from(score), reasons)
}

/// What a stranger who knows the account would try, in lower case: the service, the address and its parts.
fn context(address: Option<&str>, service: &str) -> Vec<String> {
    let address = address.unwrap_or_default().to_ascii_lowercase();
    let (local, domain) = address.split_once('@').unwrap_or((&address, ""));
    let mut context: Vec<String> = [address.as_str(), local, domain, service].map(str::to_lowercase).into();
    // What is cut off the password must be cut off its pattern.
    let cut = context.iter().filter(|piece| piece.chars().count() > WEIGHED_CODE_POINTS);
    let cut: Vec<String> = cut.map(|piece| piece.chars().take(WEIGHED_CODE_POINTS).collect()).collect();
    let words = [local, domain].into_iter().flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric()));
    let words: Vec<String> = words.filter(|word| word.len() >= LEAST_CONTEXT).map(ToOwned::to_owned).collect();
    context.extend(cut);
    context.extend(words);
    context.retain(|piece| !piece.is_empty());
    context
}

/// The text with every piece of the context cut out that is long enough to tell, the longest first.
fn without(text: &str, pieces: &[&str]) -> Zeroizing<String> {
    let mut pieces: Vec<&str> = pieces.iter().copied().filter(|piece| piece.chars().count() >= LEAST_CONTEXT).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    pieces.iter().fold(Zeroizing::new(text.to_owned()), |rest, piece| Zeroizing::new(rest.replace(piece, "")))
}

/// The first code points of a text.
fn first(text: &str, most: usize) -> Zeroizing<String> {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    Zeroizing::new(text[..end].to_owned())
}

/// What is wrong, and what could be done better.
///
/// zxcvbn speaks of the longest piece. Of two readings of a piece that take equally many guesses it chooses by chance,
/// and many are equal, since it counts at least 50. So its advice is not taken, but asked for again: about the piece
/// alone, where no least number applies, in lower case, since it counts some capitals as 0, and without the context.
fn advice(feedback: &Feedback, pieces: &[Match]) -> Vec<&'static str> {
    let Some(piece) = longest(pieces) else {
        return feedback.suggestions().iter().map(suggestion).collect();
    };
    let alone = alone(&piece.to_lowercase());
    let said = alone.as_ref().and_then(Entropy::feedback);
    let mut advice = Vec::new();
    advice.extend(said.and_then(Feedback::warning).and_then(|said| warning(said, pieces.len() == 1)));
    advice.push(suggestion(&Suggestion::AddAnotherWordOrTwo));
    let is_word = alone
        .as_ref()
        .is_some_and(|alone| matches!(alone.sequence(), [Match { pattern: MatchPattern::Dictionary(_), .. }]));
    if is_word {
        advice.extend(capitals(piece).as_ref().map(suggestion));
    }
    let others = said.into_iter().flat_map(Feedback::suggestions);
    advice.extend(others.filter(|said| **said != Suggestion::AddAnotherWordOrTwo).map(suggestion));
    advice
}

/// The estimate of a text that is one piece, or else of its longest piece. None if it is good: then what it is made of
/// is a matter of chance as well.
fn alone(text: &str) -> Option<Entropy> {
    let whole = zxcvbn(text, &[]);
    whole.feedback()?;
    match whole.sequence() {
        [] | [_] => Some(whole),
        pieces => alone(longest(pieces)?),
    }
}

fn longest(pieces: &[Match]) -> Option<&str> {
    pieces.iter().map(|piece| piece.token.as_str()).max_by_key(|token| token.chars().count())
}

fn capitals(word: &str) -> Option<Suggestion> {
    if !word.starts_with(char::is_uppercase) {
        None
    } else if word.chars().all(char::is_uppercase) {
        Some(Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase)
    } else {
        Some(Suggestion::CapitalizationDoesntHelpVeryMuch)
    }
}

/// Spelt out, so that a library that renames its own does not rename ours. What was said of a piece alone is put
/// differently where it is a part of the password.
fn warning(warning: Warning, is_whole: bool) -> Option<&'static str> {
    Some(match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "warning_row_of_keys",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "warning_keyboard_pattern",
        Warning::RepeatsLikeAaaAreEasyToGuess => "warning_repeated_character",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "warning_repeated_pattern",
        Warning::ThisIsATop10Password if is_whole => "warning_top_10_password",
        Warning::ThisIsATop100Password if is_whole => "warning_top_100_password",
        Warning::ThisIsACommonPassword if is_whole => "warning_common_password",
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => "warning_similar_to_common_password",
        Warning::SequencesLikeAbcAreEasyToGuess => "warning_sequence",
        Warning::RecentYearsAreEasyToGuess => "warning_recent_year",
        Warning::AWordByItselfIsEasyToGuess if is_whole => "warning_single_word",
        Warning::AWordByItselfIsEasyToGuess => return None,
        Warning::DatesAreOftenEasyToGuess => "warning_date",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess if is_whole => "warning_single_name",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            "warning_common_name"
        }
    })
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
