language-name = Deutsch

mail-code-subject = Passwort zurücksetzen
mail-code-heading = Passwort zurücksetzen
mail-code-intro = Wir haben eine Anfrage erhalten, das Passwort Ihres Kontos bei { $service } zurückzusetzen. Geben Sie diesen Code ein, um fortzufahren:
mail-code-minutes = { $minutes ->
    [one] Der Code gilt nur einmal und läuft in einer Minute ab.
   *[other] Der Code gilt nur einmal und läuft in { $minutes } Minuten ab.
}
mail-code-link-intro = Oder nutzen Sie diesen Link, gern auch auf einem anderen Gerät:
mail-code-button = Neues Passwort wählen
mail-code-ignore = Wenn Sie das nicht angefordert haben, können Sie diese E-Mail ignorieren: Ihr Passwort bleibt, wie es ist. Geben Sie den Code niemals weiter, auch nicht an Personen, die angeben, für { $service } zu arbeiten.

mail-changed-subject = Ihr Passwort wurde geändert
mail-changed-heading = Ihr Passwort wurde geändert
mail-changed-intro = Das Passwort Ihres Kontos bei { $service } wurde am { $when } geändert.
mail-changed-you = Wenn Sie das waren, müssen Sie nichts weiter tun.
mail-changed-not-you = Wenn Sie das nicht waren, kann möglicherweise jemand anderes Ihre E-Mails lesen. Sichern Sie zuerst Ihr Postfach, setzen Sie dann Ihr Passwort noch einmal zurück und informieren Sie das Team von { $service }.

mail-factor-subject = Ihr Passwort wurde nicht zurückgesetzt
mail-factor-heading = Ihr Passwort wurde nicht zurückgesetzt
mail-factor-intro = Wir haben eine Anfrage erhalten, das Passwort Ihres Kontos bei { $service } zurückzusetzen.
mail-factor-why = Dieses Konto verlangt bei der Anmeldung einen zweiten Schritt, etwa einen Code aus einer App. Deshalb wird sein Passwort nicht per E-Mail zurückgesetzt.
mail-factor-ask = Wenn Sie das waren, bekommen Sie hier Hilfe:
mail-factor-ignore = Wenn Sie das nicht waren, können Sie diese E-Mail ignorieren: Ihr Passwort bleibt, wie es ist.

mail-support = Brauchen Sie Hilfe?
mail-footer = { $service } hat diese E-Mail automatisch versendet. Antworten werden nicht gelesen.

page-language = Sprache
page-support = Brauchen Sie Hilfe? Schreiben Sie an { $service }
page-support-link = Hilfe von { $service }
page-back = Zurück zu { $service }
page-broken = Auf dieser Seite ist etwas schiefgelaufen. Laden Sie sie neu, um fortzufahren.
page-reload = Seite neu laden

page-address-heading = Passwort zurücksetzen
page-address-intro = Geben Sie die E-Mail-Adresse Ihres Kontos bei { $service } ein. Wir senden Ihnen einen Code, mit dem Sie ein neues Passwort wählen.
page-address-label = E-Mail-Adresse
page-address-button = Code senden
page-address-empty = Geben Sie Ihre E-Mail-Adresse ein.
page-address-invalid = Das sieht nicht nach einer E-Mail-Adresse aus. Richtig wäre zum Beispiel name@example.com.
page-address-letters = Vor dem @ sind hier nur Buchstaben ohne Umlaute und Akzente, Ziffern und die üblichen Zeichen möglich.
page-address-reloaded = Die Seite wurde neu geladen. Zu Ihrer Sicherheit wurden dabei alle Angaben verworfen. Fordern Sie einen neuen Code an, um fortzufahren.
page-address-resume = Den Code eingeben, der an { $address } ging

page-code-heading = Sehen Sie in Ihr Postfach
page-code-intro = Wenn es ein Konto für { $address } gibt, ist eine E-Mail mit einem Code unterwegs. Geben Sie den Code ein oder öffnen Sie den Link in der E-Mail.
page-code-intro-link = Geben Sie den Code aus der E-Mail ein oder öffnen Sie den Link darin noch einmal.
page-code-label = Code aus der E-Mail
page-code-hint-base32 = 8 Buchstaben und Ziffern. Bindestriche, Leerzeichen und Groß- oder Kleinschreibung spielen keine Rolle.
page-code-hint-digits = { $length } Ziffern.
page-code-until = Der Code gilt bis { $time } Uhr.
page-code-button = Weiter
page-code-empty = Geben Sie den Code aus der E-Mail ein.
page-code-length = Der Code hat { $length } Zeichen, Ihre Eingabe { $count }.
page-code-rejected = Dieser Code stimmt nicht. Sehen Sie in der neuesten E-Mail nach und geben Sie ihn noch einmal ein.
page-code-rejected-last = Dieser Code stimmt nicht. Sie haben noch einen Versuch.
page-code-resend = E-Mail erneut senden
page-code-resend-in = { $seconds ->
    [one] Sie können die E-Mail in einer Sekunde erneut senden.
   *[other] Sie können die E-Mail in { $seconds } Sekunden erneut senden.
}
page-code-resent = Die E-Mail ist noch einmal unterwegs, mit demselben Code.
page-code-sent-already = Gerade eben wurde schon eine E-Mail gesendet, deshalb haben wir noch keine weitere verschickt.
page-code-no-more = Die E-Mail kann nicht noch einmal gesendet werden. Wenn keine ankommt, beginnen Sie etwas später von vorn.
page-code-change = Andere Adresse verwenden
page-code-help = Keine E-Mail bekommen?
page-code-help-wait = Es kann ein paar Minuten dauern, bis sie ankommt.
page-code-help-spam = Sehen Sie auch im Spam- oder Junk-Ordner nach.
page-code-help-address = Prüfen Sie, ob die Adresse stimmt: { $address }
page-code-help-account = Eine E-Mail kommt nur, wenn die Adresse zu einem Konto gehört. Vielleicht haben Sie Ihr Konto unter einer anderen Adresse.

page-link-heading = Neues Passwort wählen
page-link-intro = Sie haben den Link aus unserer E-Mail geöffnet. Im nächsten Schritt wählen Sie ein neues Passwort für Ihr Konto bei { $service }.
page-link-not-you = Wenn Sie das nicht angefordert haben, schließen Sie die Seite. Es ändert sich nichts.
page-link-button = Weiter

page-password-heading = Neues Passwort wählen
page-password-intro = Nehmen Sie eines, das Sie sonst nirgends verwenden. Mehrere Wörter hintereinander sind leicht zu merken und schwer zu erraten.
page-password-label = Neues Passwort
page-password-length = Mindestens { $length } Zeichen.
page-password-show = Passwort anzeigen
page-password-hide = Passwort verbergen
page-password-suggest = Passphrase vorschlagen
page-password-suggested = Eine Passphrase wurde eingetragen und wird angezeigt. Schreiben Sie sie auf oder speichern Sie sie in Ihrem Browser.
page-password-button = Passwort ändern
page-password-empty = Geben Sie ein neues Passwort ein.
page-password-rejected = Dieses Passwort wurde nicht akzeptiert.
page-password-more = { $count ->
    [one] Es fehlt noch ein Zeichen.
   *[other] Es fehlen noch { $count } Zeichen.
}
page-password-account = Konto

page-factor-needed = Ihr Konto verlangt bei der Anmeldung einen zweiten Schritt, etwa einen Code aus einer App. Gehen Sie diesen Schritt bei { $service } und setzen Sie dann hier das neue Passwort.
page-factor-button = Zum zweiten Schritt
page-factor-tab = Es öffnet sich ein neuer Tab. Lassen Sie diesen hier offen.
page-factor-done = Der zweite Schritt ist getan. Setzen Sie jetzt das neue Passwort.
page-factor-ask = Ihr Konto verlangt bei der Anmeldung einen zweiten Schritt, deshalb kann sein Passwort hier nicht gesetzt werden. Bitten Sie um Hilfe.

page-strength = Stärke
page-strength-0 = Sehr leicht zu erraten
page-strength-1 = Leicht zu erraten
page-strength-2 = Könnte erraten werden
page-strength-3 = Wirkt stark
page-strength-4 = Wirkt sehr stark

page-reason-too_short = Es ist zu kurz: Mindestens { $length } Zeichen sind nötig.
page-reason-too_long = Es ist zu lang: Höchstens 256 Zeichen sind möglich.
page-reason-too_guessable = Es könnte erraten werden.
page-reason-contains_context = Es enthält Ihre Adresse oder den Namen von { $service }.
page-reason-blocklisted = Es steht auf einer Liste von Passwörtern, die nicht erlaubt sind.
page-reason-warning_row_of_keys = Tasten, die nebeneinanderliegen, sind leicht zu erraten.
page-reason-warning_keyboard_pattern = Kurze Muster auf der Tastatur sind leicht zu erraten.
page-reason-warning_repeated_character = Wiederholte Zeichen wie „aaa“ sind leicht zu erraten.
page-reason-warning_repeated_pattern = Wiederholte Muster wie „abcabc“ sind kaum besser als „abc“.
page-reason-warning_top_10_password = Es ist eines der zehn meistverwendeten Passwörter.
page-reason-warning_top_100_password = Es ist eines der hundert meistverwendeten Passwörter.
page-reason-warning_common_password = Dieses Passwort wird sehr oft verwendet.
page-reason-warning_similar_to_common_password = Es ähnelt einem Passwort, das sehr oft verwendet wird.
page-reason-warning_sequence = Folgen wie „abc“ oder „6543“ sind leicht zu erraten.
page-reason-warning_recent_year = Jahreszahlen aus jüngerer Zeit sind leicht zu erraten.
page-reason-warning_single_word = Ein einzelnes Wort ist leicht zu erraten.
page-reason-warning_date = Datumsangaben sind leicht zu erraten.
page-reason-warning_single_name = Ein einzelner Name ist leicht zu erraten.
page-reason-warning_common_name = Häufige Namen sind leicht zu erraten.
page-reason-use_a_few_uncommon_words = Verwenden Sie mehrere Wörter, die selten zusammen vorkommen.
page-reason-no_need_for_symbols_or_digits = Sonderzeichen, Ziffern und Großbuchstaben sind nicht nötig.
page-reason-add_another_word = Ergänzen Sie noch ein oder zwei Wörter, am besten ungewöhnliche.
page-reason-capitals_help_little = Großbuchstaben helfen wenig.
page-reason-all_capitals_help_little = Durchgehende Großschreibung ist so leicht zu erraten wie Kleinschreibung.
page-reason-reversed_words_help_little = Rückwärts geschriebene Wörter helfen wenig.
page-reason-substitutions_help_little = Ersetzungen wie „@“ für „a“ helfen wenig.
page-reason-use_longer_keyboard_pattern = Verwenden Sie ein längeres Tastaturmuster mit mehr Richtungswechseln.
page-reason-avoid_repetition = Vermeiden Sie wiederholte Wörter und Zeichen.
page-reason-avoid_sequences = Vermeiden Sie fortlaufende Buchstaben oder Ziffern.
page-reason-avoid_recent_years = Vermeiden Sie Jahreszahlen aus jüngerer Zeit.
page-reason-avoid_your_years = Vermeiden Sie Jahreszahlen, die mit Ihnen zu tun haben.
page-reason-avoid_your_dates = Vermeiden Sie Datumsangaben und Jahreszahlen, die mit Ihnen zu tun haben.
page-reason-other = Wählen Sie ein anderes.

page-done-heading = Ihr Passwort wurde geändert
page-done-intro = Melden Sie sich mit dem neuen Passwort bei { $service } an. Überall, wo Sie angemeldet waren, sind Sie jetzt abgemeldet.
page-done-mail = Die Änderung bestätigen wir Ihnen per E-Mail.

page-elsewhere-heading = Sie haben in einem anderen Tab weitergemacht
page-elsewhere-intro = Dort geht es weiter. Diesen Tab können Sie schließen.
page-elsewhere-done-heading = Ihr Passwort wurde geändert
page-elsewhere-done-intro = Sie haben es in einem anderen Tab geändert. Diesen Tab können Sie schließen.

page-over-new-code = Neuen Code senden
page-over-start = Von vorn beginnen
page-over-tries-heading = Das war ein Versuch zu viel
page-over-tries-intro = Zu Ihrer Sicherheit gilt dieser Code nicht mehr. Fordern Sie einen neuen an.
page-over-expired-heading = Der Code ist abgelaufen
page-over-expired-intro = Ein Code gilt nur kurze Zeit. Fordern Sie einen neuen an.
page-over-link-heading = Dieser Link gilt nicht mehr
page-over-link-intro = Er wurde schon verwendet oder ist abgelaufen. Fordern Sie einen neuen Code an; es gilt nur die neueste E-Mail.
page-over-lost-heading = Bitte fordern Sie einen neuen Code an
page-over-lost-intro = Während Ihr Code geprüft wurde, ist die Verbindung abgebrochen. Er ist deshalb vielleicht schon verbraucht. Mit einem neuen geht es weiter.
page-over-token-heading = Die Zeit für das neue Passwort ist abgelaufen
page-over-token-intro = Zu Ihrer Sicherheit müssen Sie von vorn beginnen.
page-over-maybe-heading = Probieren Sie Ihr neues Passwort aus
page-over-maybe-intro = Während Ihr Passwort geändert wurde, ist die Verbindung abgebrochen. Sehr wahrscheinlich ist es geändert: Versuchen Sie, sich mit dem neuen anzumelden. Wenn das nicht klappt, beginnen Sie von vorn.

page-wait-busy = Im Moment ist viel los. Wir versuchen es in { $seconds } s von selbst noch einmal.
page-wait-unavailable = { $service } ist im Moment nicht erreichbar. Wir versuchen es in { $seconds } s von selbst noch einmal.
page-wait-offline = Es besteht keine Verbindung. Sobald sie wieder da ist, geht es weiter.
page-wait-proof = { $service } wird gerade angegriffen, deshalb muss dieses Gerät zuerst etwas rechnen. Das dauert ein paar Sekunden.
page-wait-now = Jetzt versuchen
page-working = Einen Moment …

page-error-rate_limited = { $minutes ->
    [one] Zu viele Versuche. Versuchen Sie es in einer Minute noch einmal.
   *[other] Zu viele Versuche. Versuchen Sie es in { $minutes } Minuten noch einmal.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Zu viele Versuche hintereinander. Versuchen Sie es in einer Sekunde noch einmal.
   *[other] Zu viele Versuche hintereinander. Versuchen Sie es in { $seconds } Sekunden noch einmal.
}
page-error-invalid_request = Das konnte nicht gelesen werden. Prüfen Sie Ihre Eingabe.
page-error-proof_required = { $service } wird gerade angegriffen, und die verlangte Prüfung ist nicht gelungen. Versuchen Sie es später noch einmal.
page-error-other = Etwas ist schiefgelaufen. Laden Sie die Seite neu und versuchen Sie es noch einmal.
page-error-unavailable = { $service } hat nicht geantwortet. Versuchen Sie es etwas später noch einmal.
