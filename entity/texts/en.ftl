# Texts of page and mails: ids start with `page-` or `mail-`. $service is the name of the application.

# The language's own name.
language-name = English

mail-code-subject = Reset your password
mail-code-heading = Reset your password
mail-code-intro = Somebody, hopefully you, asked to reset the password of your { $service } account. This is the code:
mail-code-minutes = { $minutes ->
    [one] It works for one more minute, and once only.
   *[other] It works for { $minutes } more minutes, and once only.
}
mail-code-link-intro = Or open this link and go on from there:
mail-code-button = Choose a new password
mail-code-ignore = If it was not you, there is nothing to do: your password stays as it is. Never give this code to anybody, not even to people who say they work for { $service }.

mail-changed-subject = Your password was changed
mail-changed-heading = Your password was changed
mail-changed-intro = The password of your { $service } account was reset on { $when }.
mail-changed-you = If that was you, all is well.
mail-changed-not-you = If it was not you, somebody else can read your mail. Secure your mailbox first, then reset your password again, and tell the people who run { $service }.

mail-footer = { $service } sent this by itself; nobody reads replies to it.
