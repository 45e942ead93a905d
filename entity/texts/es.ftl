language-name = Español

mail-code-subject = Restablezca su contraseña
mail-code-heading = Restablezca su contraseña
mail-code-intro = Hemos recibido una solicitud para restablecer la contraseña de su cuenta de { $service }. Introduzca este código para continuar:
mail-code-minutes = { $minutes ->
    [one] El código solo sirve una vez y caduca en un minuto.
   *[other] El código solo sirve una vez y caduca en { $minutes } minutos.
}
mail-code-link-intro = O utilice este enlace, en este dispositivo o en otro:
mail-code-button = Elegir una contraseña nueva
mail-code-ignore = Si usted no lo ha solicitado, puede ignorar este correo: su contraseña no cambiará. No comparta nunca el código con nadie, ni siquiera con quien diga trabajar para { $service }.

mail-changed-subject = Se ha cambiado su contraseña
mail-changed-heading = Se ha cambiado su contraseña
mail-changed-intro = La contraseña de su cuenta de { $service } se cambió el { $when }.
mail-changed-you = Si fue usted, no tiene que hacer nada más.
mail-changed-not-you = Si no fue usted, es posible que otra persona pueda leer su correo. Proteja primero su buzón, después restablezca de nuevo su contraseña y avise al equipo de { $service }.

mail-support = ¿Necesita ayuda?
mail-footer = { $service } ha enviado este correo automáticamente. Las respuestas no se leen.
