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

mail-support = Brauchen Sie Hilfe?
mail-footer = { $service } hat diese E-Mail automatisch versendet. Antworten werden nicht gelesen.
