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

# Stands before the support address.
mail-support = Need help?
mail-footer = { $service } sent this mail automatically. Replies are not read.
