import type { PasswordReason } from "@rekey/client";

/** Every reason that has a text: the compiler knows when the service has a new one. */
const REASONS: Readonly<Record<PasswordReason, true>> = {
  too_short: true,
  too_long: true,
  too_guessable: true,
  contains_context: true,
  blocklisted: true,
  warning_row_of_keys: true,
  warning_keyboard_pattern: true,
  warning_repeated_character: true,
  warning_repeated_pattern: true,
  warning_top_10_password: true,
  warning_top_100_password: true,
  warning_common_password: true,
  warning_similar_to_common_password: true,
  warning_sequence: true,
  warning_recent_year: true,
  warning_single_word: true,
  warning_date: true,
  warning_single_name: true,
  warning_common_name: true,
  use_a_few_uncommon_words: true,
  no_need_for_symbols_or_digits: true,
  add_another_word: true,
  capitals_help_little: true,
  all_capitals_help_little: true,
  reversed_words_help_little: true,
  substitutions_help_little: true,
  use_longer_keyboard_pattern: true,
  avoid_repetition: true,
  avoid_sequences: true,
  avoid_recent_years: true,
  avoid_your_years: true,
  avoid_your_dates: true,
};

/** A reason as the page can tell it; one that a newer service made up is `other`. */
export function known(reason: string): PasswordReason | "other" {
  return reason in REASONS ? (reason as PasswordReason) : "other";
}
