language-name = Français

mail-code-subject = Réinitialisez votre mot de passe
mail-code-heading = Réinitialisez votre mot de passe
mail-code-intro = Nous avons reçu une demande de réinitialisation du mot de passe de votre compte { $service }. Pour continuer, saisissez ce code :
mail-code-minutes = { $minutes ->
    [one] Ce code ne sert qu’une fois et expire dans { $minutes } minute.
   *[other] Ce code ne sert qu’une fois et expire dans { $minutes } minutes.
}
mail-code-link-intro = Ou utilisez ce lien, sur cet appareil ou un autre :
mail-code-button = Choisir un nouveau mot de passe
mail-code-ignore = Si vous n’êtes pas à l’origine de cette demande, ignorez cet e-mail : votre mot de passe reste inchangé. Ne communiquez ce code à personne, pas même à quelqu’un qui dit travailler pour { $service }.

mail-changed-subject = Votre mot de passe a été modifié
mail-changed-heading = Votre mot de passe a été modifié
mail-changed-intro = Le mot de passe de votre compte { $service } a été modifié le { $when }.
mail-changed-you = Si c’était vous, vous n’avez rien d’autre à faire.
mail-changed-not-you = Si ce n’était pas vous, quelqu’un d’autre peut avoir accès à vos e-mails. Sécurisez d’abord votre messagerie, puis réinitialisez de nouveau votre mot de passe et prévenez l’équipe { $service }.

mail-factor-subject = Votre mot de passe n’a pas été réinitialisé
mail-factor-heading = Votre mot de passe n’a pas été réinitialisé
mail-factor-intro = Nous avons reçu une demande de réinitialisation du mot de passe de votre compte { $service }.
mail-factor-why = Ce compte demande une seconde étape à la connexion, comme un code donné par une application. C’est pourquoi son mot de passe n’est pas réinitialisé par e-mail.
mail-factor-ask = Si c’était vous, demandez de l’aide ici :
mail-factor-ignore = Si ce n’était pas vous, ignorez cet e-mail : votre mot de passe reste inchangé.

mail-support = Besoin d’aide ?
mail-footer = Cet e-mail a été envoyé automatiquement par { $service }. Les réponses ne sont pas lues.

page-language = Langue
page-support = Besoin d’aide ? Écrivez à { $service }
page-support-link = Assistance { $service }
page-back = Retour à { $service }
page-broken = Un problème est survenu sur cette page. Rechargez-la pour continuer.
page-reload = Recharger la page

page-address-heading = Réinitialisez votre mot de passe
page-address-intro = Saisissez l’adresse e-mail de votre compte { $service }. Nous vous enverrons un code pour choisir un nouveau mot de passe.
page-address-label = Adresse e-mail
page-address-button = Envoyer le code
page-address-empty = Saisissez votre adresse e-mail.
page-address-invalid = Cela ne ressemble pas à une adresse e-mail. Le format attendu est nom@example.com.
page-address-letters = Avant le @, seuls les lettres sans accent, les chiffres et les signes usuels sont acceptés ici.
page-address-reloaded = La page a été rechargée et, pour votre sécurité, rien n’a été conservé. Demandez un nouveau code pour continuer.
page-address-resume = Saisir le code envoyé à { $address }

page-code-heading = Consultez vos e-mails
page-code-intro = Si un compte existe pour { $address }, un e-mail contenant un code est en route. Saisissez ce code ou ouvrez le lien qui se trouve dans l’e-mail.
page-code-intro-link = Saisissez le code indiqué dans l’e-mail ou ouvrez de nouveau le lien qui s’y trouve.
page-code-label = Code reçu par e-mail
page-code-hint-base32 = 8 lettres et chiffres. Les tirets, les espaces et les majuscules n’ont pas d’importance.
page-code-hint-digits = { $length } chiffres.
page-code-until = Ce code est valable jusqu’à { $time }.
page-code-button = Continuer
page-code-empty = Saisissez le code reçu par e-mail.
page-code-length = Le code comporte { $length } caractères ; vous en avez saisi { $count }.
page-code-rejected = Ce code n’est pas le bon. Regardez l’e-mail le plus récent et saisissez de nouveau le code.
page-code-rejected-last = Ce code n’est pas le bon. Il vous reste un essai.
page-code-resend = Renvoyer l’e-mail
page-code-resend-in = { $seconds ->
    [one] Vous pourrez renvoyer l’e-mail dans { $seconds } seconde.
   *[other] Vous pourrez renvoyer l’e-mail dans { $seconds } secondes.
}
page-code-resent = L’e-mail est de nouveau en route, avec le même code.
page-code-sent-already = Un e-mail vient d’être envoyé ; nous n’en avons donc pas encore renvoyé.
page-code-no-more = L’e-mail ne peut plus être renvoyé. Si vous ne recevez rien, recommencez un peu plus tard.
page-code-change = Utiliser une autre adresse
page-code-help = Vous n’avez rien reçu ?
page-code-help-wait = L’e-mail peut mettre quelques minutes à arriver.
page-code-help-spam = Regardez dans le dossier des indésirables (spam).
page-code-help-address = Vérifiez que l’adresse est correcte : { $address }
page-code-help-account = Un e-mail n’est envoyé que si l’adresse correspond à un compte. Le vôtre utilise peut-être une autre de vos adresses.

page-link-heading = Choisissez un nouveau mot de passe
page-link-intro = Vous avez ouvert le lien reçu par e-mail. Continuez pour choisir un nouveau mot de passe pour votre compte { $service }.
page-link-not-you = Si vous n’êtes pas à l’origine de cette demande, fermez cette page. Rien ne changera.
page-link-button = Continuer

page-password-heading = Choisissez un nouveau mot de passe
page-password-intro = Choisissez-en un que vous n’utilisez nulle part ailleurs. Une suite de plusieurs mots est facile à retenir et difficile à deviner.
page-password-label = Nouveau mot de passe
page-password-length = Au moins { $length } caractères.
page-password-show = Afficher le mot de passe
page-password-hide = Masquer le mot de passe
page-password-suggest = Suggérer une phrase
page-password-suggested = Une phrase de passe a été saisie pour vous et s’affiche en clair. Notez-la ou enregistrez-la dans votre navigateur.
page-password-button = Changer le mot de passe
page-password-empty = Saisissez un nouveau mot de passe.
page-password-rejected = Ce mot de passe n’a pas été accepté.
page-password-more = { $count ->
    [one] Il manque encore { $count } caractère.
   *[other] Il manque encore { $count } caractères.
}
page-password-account = Compte

page-factor-needed = Votre compte demande une seconde étape à la connexion, comme un code donné par une application. Passez cette étape chez { $service }, puis choisissez ici le nouveau mot de passe.
page-factor-button = Passer la seconde étape
page-factor-tab = Elle s’ouvre dans un nouvel onglet. Laissez celui-ci ouvert.
page-factor-done = La seconde étape est passée. Choisissez maintenant le nouveau mot de passe.
page-factor-ask = Votre compte demande une seconde étape à la connexion : son mot de passe ne peut pas être changé ici. Demandez de l’aide.

page-strength = Robustesse
page-strength-0 = Très facile à deviner
page-strength-1 = Facile à deviner
page-strength-2 = Pourrait être deviné
page-strength-3 = Semble robuste
page-strength-4 = Semble très robuste

page-reason-too_short = Il est trop court : il faut au moins { $length } caractères.
page-reason-too_long = Il est trop long : 256 caractères au maximum.
page-reason-too_guessable = Il pourrait être deviné.
page-reason-contains_context = Il contient votre adresse ou le nom { $service }.
page-reason-blocklisted = Il figure sur une liste de mots de passe interdits.
page-reason-warning_row_of_keys = Les touches qui se suivent sur le clavier sont faciles à deviner.
page-reason-warning_keyboard_pattern = Les motifs courts sur le clavier sont faciles à deviner.
page-reason-warning_repeated_character = Les caractères répétés comme « aaa » sont faciles à deviner.
page-reason-warning_repeated_pattern = Les motifs répétés comme « abcabc » ne valent guère mieux que « abc ».
page-reason-warning_top_10_password = C’est l’un des dix mots de passe les plus utilisés.
page-reason-warning_top_100_password = C’est l’un des cent mots de passe les plus utilisés.
page-reason-warning_common_password = Ce mot de passe est très utilisé.
page-reason-warning_similar_to_common_password = Il ressemble à un mot de passe très utilisé.
page-reason-warning_sequence = Les suites comme « abc » ou « 6543 » sont faciles à deviner.
page-reason-warning_recent_year = Les années récentes sont faciles à deviner.
page-reason-warning_single_word = Un mot seul est facile à deviner.
page-reason-warning_date = Les dates sont faciles à deviner.
page-reason-warning_single_name = Un nom seul est facile à deviner.
page-reason-warning_common_name = Les noms courants sont faciles à deviner.
page-reason-use_a_few_uncommon_words = Utilisez plusieurs mots que l’on voit rarement ensemble.
page-reason-no_need_for_symbols_or_digits = Les symboles, les chiffres et les majuscules ne sont pas nécessaires.
page-reason-add_another_word = Ajoutez un ou deux mots, de préférence peu courants.
page-reason-capitals_help_little = Les majuscules n’aident guère.
page-reason-all_capitals_help_little = Un mot de passe tout en majuscules est aussi facile à deviner qu’en minuscules.
page-reason-reversed_words_help_little = Les mots écrits à l’envers n’aident guère.
page-reason-substitutions_help_little = Les substitutions comme « @ » pour « a » n’aident guère.
page-reason-use_longer_keyboard_pattern = Utilisez un motif plus long, avec davantage de changements de direction.
page-reason-avoid_repetition = Évitez les mots et les caractères répétés.
page-reason-avoid_sequences = Évitez les suites de lettres ou de chiffres.
page-reason-avoid_recent_years = Évitez les années récentes.
page-reason-avoid_your_years = Évitez les années qui ont un rapport avec vous.
page-reason-avoid_your_dates = Évitez les dates et les années qui ont un rapport avec vous.
page-reason-other = Choisissez-en un autre.

page-done-heading = Votre mot de passe a été modifié
page-done-intro = Connectez-vous à { $service } avec le nouveau mot de passe. Toutes vos sessions ouvertes ont été fermées.
page-done-mail = Un e-mail vous confirmera la modification.

page-elsewhere-heading = Vous avez continué dans un autre onglet
page-elsewhere-intro = La réinitialisation s’y poursuit. Vous pouvez fermer celui-ci.
page-elsewhere-done-heading = Votre mot de passe a été modifié
page-elsewhere-done-intro = Vous l’avez modifié dans un autre onglet. Vous pouvez fermer celui-ci.

page-over-new-code = Envoyer un nouveau code
page-over-start = Recommencer
page-over-tries-heading = C’était un essai de trop
page-over-tries-intro = Pour votre sécurité, ce code n’est plus valable. Demandez-en un nouveau.
page-over-expired-heading = Le code a expiré
page-over-expired-intro = Un code n’est valable que peu de temps. Demandez-en un nouveau.
page-over-link-heading = Ce lien n’est plus valable
page-over-link-intro = Il a déjà été utilisé ou il a expiré. Demandez un nouveau code ; seul l’e-mail le plus récent compte.
page-over-lost-heading = Demandez un nouveau code
page-over-lost-intro = La connexion a été interrompue pendant la vérification de votre code : il n’est peut-être plus utilisable. Un nouveau code suffira pour continuer.
page-over-token-heading = Le délai pour choisir un mot de passe est écoulé
page-over-token-intro = Pour votre sécurité, il faut recommencer la réinitialisation.
page-over-maybe-heading = Essayez votre nouveau mot de passe
page-over-maybe-intro = La connexion a été interrompue pendant la modification de votre mot de passe. Il a très probablement été modifié : essayez de vous connecter avec le nouveau. Si cela ne fonctionne pas, recommencez.

page-wait-busy = Il y a beaucoup de demandes en ce moment. Nouvel essai automatique dans { $seconds } s.
page-wait-unavailable = { $service } est injoignable pour le moment. Nouvel essai automatique dans { $seconds } s.
page-wait-offline = Il n’y a pas de connexion. Dès qu’elle sera rétablie, nous continuerons.
page-wait-proof = { $service } subit actuellement une attaque : cet appareil doit d’abord effectuer un petit calcul. Cela prend quelques secondes.
page-wait-now = Réessayer maintenant
page-working = Un instant…

page-error-rate_limited = { $minutes ->
    [one] Trop de tentatives. Réessayez dans { $minutes } minute.
   *[other] Trop de tentatives. Réessayez dans { $minutes } minutes.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Trop de tentatives à la suite. Réessayez dans { $seconds } seconde.
   *[other] Trop de tentatives à la suite. Réessayez dans { $seconds } secondes.
}
page-error-invalid_request = Nous n’avons pas pu lire votre saisie. Vérifiez-la.
page-error-proof_required = { $service } subit actuellement une attaque, et la vérification demandée n’a pas abouti. Réessayez plus tard.
page-error-other = Un problème est survenu. Rechargez la page et réessayez.
page-error-unavailable = { $service } n’a pas répondu. Réessayez un peu plus tard.
