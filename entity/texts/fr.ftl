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

mail-support = Besoin d’aide ?
mail-footer = Cet e-mail a été envoyé automatiquement par { $service }. Les réponses ne sont pas lues.
