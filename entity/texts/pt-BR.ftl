language-name = Português (Brasil)

mail-code-subject = Redefina sua senha
mail-code-heading = Redefina sua senha
mail-code-intro = Recebemos um pedido para redefinir a senha da sua conta { $service }. Digite este código para continuar:
mail-code-minutes = { $minutes ->
    [one] O código só pode ser usado uma vez e expira em { $minutes } minuto.
   *[other] O código só pode ser usado uma vez e expira em { $minutes } minutos.
}
mail-code-link-intro = Ou use este link, neste dispositivo ou em outro:
mail-code-button = Escolher uma nova senha
mail-code-ignore = Se não foi você quem pediu, ignore este e-mail: sua senha continua a mesma. Nunca informe o código a ninguém, nem mesmo a quem diga fazer parte da equipe { $service }.

mail-changed-subject = Sua senha foi alterada
mail-changed-heading = Sua senha foi alterada
mail-changed-intro = A senha da sua conta { $service } foi alterada em { $when }.
mail-changed-you = Se foi você, não é preciso fazer mais nada.
mail-changed-not-you = Se não foi você, outra pessoa pode ter acesso aos seus e-mails. Primeiro proteja sua caixa de e-mail, depois redefina sua senha novamente e avise a equipe { $service }.

mail-support = Precisa de ajuda?
mail-footer = Este e-mail foi enviado automaticamente por { $service }. As respostas não são lidas.
