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

mail-factor-subject = Sua senha não foi redefinida
mail-factor-heading = Sua senha não foi redefinida
mail-factor-intro = Recebemos um pedido para redefinir a senha da sua conta { $service }.
mail-factor-why = Esta conta pede uma segunda etapa no login, como um código de um aplicativo. Por isso a senha dela não é redefinida por e-mail.
mail-factor-ask = Se foi você, peça ajuda aqui:
mail-factor-ignore = Se não foi você, ignore este e-mail: sua senha continua a mesma.

mail-support = Precisa de ajuda?
mail-footer = Este e-mail foi enviado automaticamente por { $service }. As respostas não são lidas.

page-language = Idioma
page-support = Precisa de ajuda? Escreva para { $service }
page-support-link = Ajuda { $service }
page-back = Voltar para { $service }
page-broken = Algo deu errado nesta página. Recarregue-a para continuar.
page-reload = Recarregar a página

page-address-heading = Redefina sua senha
page-address-intro = Digite o e-mail da sua conta { $service }. Enviaremos um código para você escolher uma nova senha.
page-address-label = E-mail
page-address-button = Enviar código
page-address-empty = Digite seu e-mail.
page-address-invalid = Isso não parece um endereço de e-mail. O formato esperado é nome@example.com.
page-address-letters = Antes do @, aqui só são aceitas letras sem acento, números e os sinais usuais.
page-address-reloaded = A página foi recarregada e, para sua segurança, nada foi guardado. Peça um novo código para continuar.
page-address-resume = Digitar o código enviado para { $address }

page-code-heading = Confira seu e-mail
page-code-intro = Se houver uma conta para { $address }, um e-mail com um código está a caminho. Digite o código ou abra o link do e-mail.
page-code-intro-link = Digite o código do e-mail ou abra de novo o link que está nele.
page-code-label = Código do e-mail
page-code-hint-base32 = 8 letras e números. Hifens, espaços e maiúsculas não fazem diferença.
page-code-hint-digits = { $length } dígitos.
page-code-until = O código vale até { $time }.
page-code-button = Continuar
page-code-empty = Digite o código do e-mail.
page-code-length = O código tem { $length } caracteres; você digitou { $count }.
page-code-rejected = Este código está incorreto. Veja o e-mail mais recente e digite o código de novo.
page-code-rejected-last = Este código está incorreto. Você tem mais uma tentativa.
page-code-resend = Reenviar e-mail
page-code-resend-in = { $seconds ->
    [one] Você poderá reenviar o e-mail em { $seconds } segundo.
   *[other] Você poderá reenviar o e-mail em { $seconds } segundos.
}
page-code-resent = O e-mail está a caminho de novo, com o mesmo código.
page-code-sent-already = Um e-mail acabou de ser enviado, por isso ainda não enviamos outro.
page-code-no-more = Não é mais possível reenviar o e-mail. Se ele não chegar, recomece daqui a pouco.
page-code-change = Usar outro e-mail
page-code-help = Não recebeu o e-mail?
page-code-help-wait = Ele pode levar alguns minutos para chegar.
page-code-help-spam = Procure na pasta de spam ou lixo eletrônico.
page-code-help-address = Confira se o endereço está certo: { $address }
page-code-help-account = O e-mail só é enviado se o endereço pertencer a uma conta. Talvez a sua esteja em outro dos seus endereços.

page-link-heading = Escolha uma nova senha
page-link-intro = Você abriu o link do nosso e-mail. Continue para escolher uma nova senha para sua conta { $service }.
page-link-not-you = Se não foi você quem pediu, feche esta página. Nada vai mudar.
page-link-button = Continuar

page-password-heading = Escolha uma nova senha
page-password-intro = Escolha uma que você não use em nenhum outro lugar. Várias palavras em sequência são fáceis de lembrar e difíceis de adivinhar.
page-password-label = Nova senha
page-password-length = Pelo menos { $length } caracteres.
page-password-show = Mostrar senha
page-password-hide = Ocultar senha
page-password-suggest = Sugerir frase secreta
page-password-suggested = Uma frase secreta foi preenchida e está visível. Anote-a ou salve-a no navegador.
page-password-button = Alterar senha
page-password-empty = Digite uma nova senha.
page-password-rejected = Esta senha não foi aceita.
page-password-more = { $count ->
    [one] Falta { $count } caractere.
   *[other] Faltam { $count } caracteres.
}
page-password-account = Conta

page-factor-needed = Sua conta pede uma segunda etapa no login, como um código de um aplicativo. Conclua essa etapa em { $service } e depois defina a nova senha aqui.
page-factor-button = Concluir a segunda etapa
page-factor-tab = Ela abre em uma nova aba. Deixe esta aberta.
page-factor-done = A segunda etapa foi concluída. Agora defina a nova senha.
page-factor-ask = Sua conta pede uma segunda etapa no login, por isso a senha não pode ser alterada aqui. Peça ajuda.

page-strength = Força
page-strength-0 = Muito fácil de adivinhar
page-strength-1 = Fácil de adivinhar
page-strength-2 = Pode ser adivinhada
page-strength-3 = Parece forte
page-strength-4 = Parece muito forte

page-reason-too_short = É curta demais: são necessários pelo menos { $length } caracteres.
page-reason-too_long = É longa demais: o máximo são 256 caracteres.
page-reason-too_guessable = Pode ser adivinhada.
page-reason-contains_context = Contém seu endereço ou o nome { $service }.
page-reason-blocklisted = Está em uma lista de senhas não permitidas.
page-reason-warning_row_of_keys = Teclas vizinhas em sequência são fáceis de adivinhar.
page-reason-warning_keyboard_pattern = Padrões curtos no teclado são fáceis de adivinhar.
page-reason-warning_repeated_character = Caracteres repetidos como “aaa” são fáceis de adivinhar.
page-reason-warning_repeated_pattern = Padrões repetidos como “abcabc” são pouco melhores que “abc”.
page-reason-warning_top_10_password = Esta é uma das dez senhas mais usadas.
page-reason-warning_top_100_password = Esta é uma das cem senhas mais usadas.
page-reason-warning_common_password = Esta senha é muito usada.
page-reason-warning_similar_to_common_password = É parecida com uma senha muito usada.
page-reason-warning_sequence = Sequências como “abc” ou “6543” são fáceis de adivinhar.
page-reason-warning_recent_year = Anos recentes são fáceis de adivinhar.
page-reason-warning_single_word = Uma única palavra é fácil de adivinhar.
page-reason-warning_date = Datas são fáceis de adivinhar.
page-reason-warning_single_name = Um único nome é fácil de adivinhar.
page-reason-warning_common_name = Nomes comuns são fáceis de adivinhar.
page-reason-use_a_few_uncommon_words = Use algumas palavras que não costumam aparecer juntas.
page-reason-no_need_for_symbols_or_digits = Não é preciso usar símbolos, números nem maiúsculas.
page-reason-add_another_word = Acrescente mais uma ou duas palavras, de preferência incomuns.
page-reason-capitals_help_little = Maiúsculas ajudam pouco.
page-reason-all_capitals_help_little = Uma senha toda em maiúsculas é tão fácil de adivinhar quanto em minúsculas.
page-reason-reversed_words_help_little = Palavras escritas de trás para a frente ajudam pouco.
page-reason-substitutions_help_little = Trocas como “@” no lugar de “a” ajudam pouco.
page-reason-use_longer_keyboard_pattern = Use um padrão mais longo, com mais mudanças de direção.
page-reason-avoid_repetition = Evite repetir palavras e caracteres.
page-reason-avoid_sequences = Evite sequências.
page-reason-avoid_recent_years = Evite anos recentes.
page-reason-avoid_your_years = Evite anos que tenham a ver com você.
page-reason-avoid_your_dates = Evite datas e anos que tenham a ver com você.
page-reason-other = Escolha outra.

page-done-heading = Sua senha foi alterada
page-done-intro = Entre em { $service } com a nova senha. Todas as suas sessões abertas foram encerradas.
page-done-mail = Você receberá um e-mail confirmando a alteração.

page-elsewhere-heading = Você continuou em outra aba
page-elsewhere-intro = A redefinição continua por lá. Você pode fechar esta aba.
page-elsewhere-done-heading = Sua senha foi alterada
page-elsewhere-done-intro = Você a alterou em outra aba. Pode fechar esta.

page-over-new-code = Enviar novo código
page-over-start = Recomeçar
page-over-tries-heading = Você passou do limite de tentativas
page-over-tries-intro = Para sua segurança, este código não é mais válido. Peça um novo.
page-over-expired-heading = O código expirou
page-over-expired-intro = Um código só vale por pouco tempo. Peça um novo.
page-over-link-heading = Este link não é mais válido
page-over-link-intro = Ele já foi usado ou expirou. Peça um novo código; só o e-mail mais recente vale.
page-over-lost-heading = Peça um novo código
page-over-lost-intro = A conexão caiu enquanto seu código era verificado, e talvez ele não possa mais ser usado. Com um novo, você pode continuar.
page-over-token-heading = O tempo para escolher a senha acabou
page-over-token-intro = Para sua segurança, é preciso recomeçar a redefinição.
page-over-maybe-heading = Teste sua nova senha
page-over-maybe-intro = A conexão caiu enquanto sua senha era alterada. É muito provável que ela tenha sido alterada: tente entrar com a nova. Se não der certo, recomece.

page-wait-busy = Há muitos acessos no momento. Tentaremos de novo automaticamente em { $seconds } s.
page-wait-unavailable = Não é possível acessar { $service } no momento. Tentaremos de novo automaticamente em { $seconds } s.
page-wait-offline = Não há conexão. Assim que ela voltar, continuaremos.
page-wait-proof = { $service } está sob ataque no momento, por isso este dispositivo precisa fazer um pequeno cálculo antes. Leva alguns segundos.
page-wait-now = Tentar agora
page-working = Um momento…

page-error-rate_limited = { $minutes ->
    [one] Muitas tentativas. Tente de novo em { $minutes } minuto.
   *[other] Muitas tentativas. Tente de novo em { $minutes } minutos.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Muitas tentativas seguidas. Tente de novo em { $seconds } segundo.
   *[other] Muitas tentativas seguidas. Tente de novo em { $seconds } segundos.
}
page-error-invalid_request = Não foi possível ler os dados. Confira o que você digitou.
page-error-proof_required = { $service } está sob ataque no momento, e a verificação exigida não foi concluída. Tente mais tarde.
page-error-other = Algo deu errado. Recarregue a página e tente de novo.
page-error-unavailable = { $service } não respondeu. Tente de novo daqui a pouco.
