# Texts of page and mails: ids start with `page-` or `mail-`. $service is the name of the application.

# The language's own name.
language-name = English

mail-code-subject = Reset your password
mail-code-heading = Reset your password
mail-code-intro = We received a request to reset the password of your { $service } account. Enter this code to continue:
mail-code-minutes = { $minutes ->
    [one] The code works once and expires in one minute.
   *[other] The code works once and expires in { $minutes } minutes.
}
mail-code-link-intro = Or use this link, on this device or another:
mail-code-button = Choose a new password
mail-code-ignore = If you did not ask for this, you can ignore this mail: your password stays as it is. Never give the code to anybody, not even to someone who says they work for { $service }.

mail-changed-subject = Your password was changed
mail-changed-heading = Your password was changed
mail-changed-intro = The password of your { $service } account was changed on { $when }.
mail-changed-you = If that was you, there is nothing more to do.
mail-changed-not-you = If it was not you, somebody else may be able to read your mail. Secure your mailbox first, then reset your password again, and tell the { $service } team.

mail-factor-subject = Your password was not reset
mail-factor-heading = Your password was not reset
mail-factor-intro = We received a request to reset the password of your { $service } account.
mail-factor-why = This account has a second step at log-in, such as a code from an app. That is why its password is not reset by mail.
mail-factor-ask = If it was you, ask for help here:
mail-factor-ignore = If it was not you, you can ignore this mail: your password stays as it is.

# Stands before the support address.
mail-support = Need help?
mail-footer = { $service } sent this mail automatically. Replies are not read.

# The page. $address is what the user typed; $minutes and $seconds are whole numbers.

page-language = Language
page-support = Need help? Write to { $service }
page-support-link = Help from { $service }
page-back = Back to { $service }
page-broken = Something on this page went wrong. Reload it to go on.
page-reload = Reload the page

page-address-heading = Reset your password
page-address-intro = Enter the e-mail address of your { $service } account. We send you a code with which you choose a new password.
page-address-label = E-mail address
page-address-button = Send the code
page-address-empty = Enter your e-mail address.
page-address-invalid = This does not look like an e-mail address. It should read like name@example.com.
page-address-letters = The part before the @ can only have unaccented letters, digits and the usual signs here.
page-address-reloaded = The page was loaded anew, and for your safety nothing of the reset was kept. Ask for a new code to go on.
page-address-resume = Enter the code sent to { $address }

page-code-heading = Check your mail
page-code-intro = If there is an account for { $address }, a mail with a code is on its way. Enter the code, or open the link in the mail.
page-code-intro-link = Enter the code from the mail, or open the link in it again.
page-code-label = Code from the mail
page-code-hint-base32 = 8 letters and digits. Dashes, spaces and capitals do not matter.
page-code-hint-digits = { $length } digits.
page-code-until = The code works until { $time }.
page-code-button = Continue
page-code-empty = Enter the code from the mail.
page-code-length = The code has { $length } characters; this has { $count }.
page-code-rejected = This code is not right. Look at the newest mail and type it again.
page-code-rejected-last = This code is not right. You have one more try.
page-code-resend = Send the mail again
page-code-resend-in = You can send the mail again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
page-code-resent = The mail is on its way again, with the same code.
page-code-sent-already = A mail was sent a moment ago, so we did not send another one yet.
page-code-no-more = The mail cannot be sent another time. If none arrives, start over in a while.
page-code-change = Use another address
page-code-help = No mail?
page-code-help-wait = It can take a few minutes to arrive.
page-code-help-spam = Look into the folder for spam or junk.
page-code-help-address = Check that the address is right: { $address }
page-code-help-account = There is only a mail if the address belongs to an account. It may be one of your other addresses.

page-link-heading = Choose a new password
page-link-intro = You opened the link from our mail. Continue to choose a new password for your { $service } account.
page-link-not-you = If you did not ask for this, close the page. Nothing changes.
page-link-button = Continue

page-password-heading = Choose a new password
page-password-intro = Pick one that you use nowhere else. Several words in a row are easy to remember and hard to guess.
page-password-label = New password
page-password-length = At least { $length } characters.
page-password-show = Show password
page-password-hide = Hide password
page-password-suggest = Suggest a passphrase
page-password-suggested = A passphrase was filled in and is shown. Write it down or let your browser keep it.
page-password-button = Set the new password
page-password-empty = Enter a new password.
page-password-rejected = This password was not accepted.
page-password-more = { $count ->
    [one] One more character is needed.
   *[other] { $count } more characters are needed.
}
page-password-account = Account

page-factor-needed = Your account has a second step at log-in, such as a code from an app. Take that step at { $service }, then set the new password here.
page-factor-button = Take the second step
page-factor-tab = It opens in a new tab. Leave this one open.
page-factor-done = The second step is done. Now set the new password.
page-factor-ask = Your account has a second step at log-in, so its password cannot be set here. Ask for help.

page-strength = Strength
page-strength-0 = Very easy to guess
page-strength-1 = Easy to guess
page-strength-2 = Could be guessed
page-strength-3 = Looks strong
page-strength-4 = Looks very strong

page-reason-too_short = It is too short: at least { $length } characters are needed.
page-reason-too_long = It is too long: 256 characters are the most.
page-reason-too_guessable = It could be guessed.
page-reason-contains_context = It contains your address or the name of { $service }.
page-reason-blocklisted = It is on a list of passwords that are not allowed.
page-reason-warning_row_of_keys = Rows of keys are easy to guess.
page-reason-warning_keyboard_pattern = Short patterns on the keyboard are easy to guess.
page-reason-warning_repeated_character = Repeated characters like “aaa” are easy to guess.
page-reason-warning_repeated_pattern = Repeated patterns like “abcabc” are hardly better than “abc”.
page-reason-warning_top_10_password = This is one of the ten most used passwords.
page-reason-warning_top_100_password = This is one of the hundred most used passwords.
page-reason-warning_common_password = This password is used a lot.
page-reason-warning_similar_to_common_password = This is close to a password that is used a lot.
page-reason-warning_sequence = Sequences like “abc” or “6543” are easy to guess.
page-reason-warning_recent_year = Recent years are easy to guess.
page-reason-warning_single_word = A single word is easy to guess.
page-reason-warning_date = Dates are easy to guess.
page-reason-warning_single_name = A single name is easy to guess.
page-reason-warning_common_name = Common names are easy to guess.
page-reason-use_a_few_uncommon_words = Use a few words that do not often stand together.
page-reason-no_need_for_symbols_or_digits = It needs no symbols, digits or capitals.
page-reason-add_another_word = Add another word or two. Unusual ones are best.
page-reason-capitals_help_little = Capitals help little.
page-reason-all_capitals_help_little = All capitals are as easy to guess as none.
page-reason-reversed_words_help_little = Words spelt backwards help little.
page-reason-substitutions_help_little = Swaps like “@” for “a” help little.
page-reason-use_longer_keyboard_pattern = Use a longer pattern with more turns.
page-reason-avoid_repetition = Avoid repeated words and characters.
page-reason-avoid_sequences = Avoid sequences.
page-reason-avoid_recent_years = Avoid recent years.
page-reason-avoid_your_years = Avoid years that have to do with you.
page-reason-avoid_your_dates = Avoid dates and years that have to do with you.
page-reason-other = Choose another one.

page-done-heading = Your password is changed
page-done-intro = Log in to { $service } with the new password. You are logged out wherever you were logged in.
page-done-mail = A mail confirms the change.

page-elsewhere-heading = You went on in another tab
page-elsewhere-intro = The reset goes on there. You can close this one.
page-elsewhere-done-heading = Your password is changed
page-elsewhere-done-intro = You changed it in another tab. You can close this one.

page-over-new-code = Send a new code
page-over-start = Start over
page-over-tries-heading = That was one try too many
page-over-tries-intro = For your safety this code works no more. Ask for a new one.
page-over-expired-heading = The code has expired
page-over-expired-intro = A code works for a short time only. Ask for a new one.
page-over-link-heading = This link works no more
page-over-link-intro = It was used already, or its time is over. Ask for a new code; only the newest mail counts.
page-over-lost-heading = Please ask for a new code
page-over-lost-intro = The connection broke while your code was checked, so it may be used up. A new one sets things right.
page-over-token-heading = The time to choose a password is over
page-over-token-intro = For your safety the reset has to begin anew.
page-over-maybe-heading = Try your new password
page-over-maybe-intro = The connection broke while your password was being changed. It was most likely changed: try to log in with the new one. If that fails, start over.

page-wait-busy = A lot is going on right now. We try again by ourselves in { $seconds } s.
page-wait-unavailable = { $service } cannot be reached right now. We try again by ourselves in { $seconds } s.
page-wait-offline = There is no connection. As soon as it is back, we go on.
page-wait-proof = { $service } is under attack right now, so this device has to do a short calculation first. It takes a few seconds.
page-wait-now = Try now
page-working = One moment …

page-error-rate_limited = Too many attempts. Try again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}.
page-error-rate_limited-soon = Too many attempts in a row. Try again in { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
page-error-invalid_request = That could not be read. Check what you entered.
page-error-proof_required = { $service } is under attack right now, and the check that it asks for did not succeed. Try again later.
page-error-other = Something went wrong. Reload the page and try again.
page-error-unavailable = { $service } did not answer. Try again in a while.
