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

mail-factor-subject = No se ha restablecido su contraseña
mail-factor-heading = No se ha restablecido su contraseña
mail-factor-intro = Hemos recibido una solicitud para restablecer la contraseña de su cuenta de { $service }.
mail-factor-why = Esta cuenta pide un segundo paso al iniciar sesión, como un código de una aplicación. Por eso su contraseña no se restablece por correo.
mail-factor-ask = Si ha sido usted, pida ayuda aquí:
mail-factor-ignore = Si no ha sido usted, puede ignorar este correo: su contraseña no cambiará.

mail-support = ¿Necesita ayuda?
mail-footer = { $service } ha enviado este correo automáticamente. Las respuestas no se leen.

page-language = Idioma
page-support = ¿Necesita ayuda? Escriba a { $service }
page-support-link = Ayuda de { $service }
page-back = Volver a { $service }
page-broken = Algo ha fallado en esta página. Vuelva a cargarla para continuar.
page-reload = Recargar la página

page-address-heading = Restablezca su contraseña
page-address-intro = Introduzca la dirección de correo electrónico de su cuenta de { $service }. Le enviaremos un código con el que podrá elegir una contraseña nueva.
page-address-label = Correo electrónico
page-address-button = Enviar el código
page-address-empty = Introduzca su dirección de correo electrónico.
page-address-invalid = Esto no parece una dirección de correo electrónico. Debe ser similar a nombre@example.com.
page-address-letters = Antes de la @ aquí solo se admiten letras sin acentos, cifras y los signos habituales.
page-address-reloaded = La página se ha vuelto a cargar y, por su seguridad, no se ha conservado nada. Solicite un código nuevo para continuar.
page-address-resume = Introducir el código enviado a { $address }

page-code-heading = Revise su correo
page-code-intro = Si hay una cuenta para { $address }, le llegará un correo con un código. Introduzca el código o abra el enlace del correo.
page-code-intro-link = Introduzca el código del correo o vuelva a abrir el enlace que contiene.
page-code-label = Código del correo
page-code-hint-base32 = 8 letras y cifras. Los guiones, los espacios y las mayúsculas no importan.
page-code-hint-digits = { $length } cifras.
page-code-until = El código sirve hasta las { $time }.
page-code-button = Continuar
page-code-empty = Introduzca el código del correo.
page-code-length = El código tiene { $length } caracteres; usted ha introducido { $count }.
page-code-rejected = Este código no es correcto. Consulte el correo más reciente y vuelva a escribir el código.
page-code-rejected-last = Este código no es correcto. Le queda un intento.
page-code-resend = Reenviar el correo
page-code-resend-in = { $seconds ->
    [one] Podrá reenviar el correo en un segundo.
   *[other] Podrá reenviar el correo en { $seconds } segundos.
}
page-code-resent = Le hemos vuelto a enviar el correo, con el mismo código.
page-code-sent-already = Acabamos de enviar un correo, así que todavía no hemos enviado otro.
page-code-no-more = El correo no se puede enviar más veces. Si no le llega ninguno, empiece de nuevo dentro de un rato.
page-code-change = Usar otra dirección
page-code-help = ¿No le ha llegado el correo?
page-code-help-wait = Puede tardar unos minutos en llegar.
page-code-help-spam = Mire en la carpeta de spam o correo no deseado.
page-code-help-address = Compruebe que la dirección sea correcta: { $address }
page-code-help-account = El correo solo se envía si la dirección pertenece a una cuenta. Puede que la suya use otra de sus direcciones.

page-link-heading = Elija una contraseña nueva
page-link-intro = Ha abierto el enlace de nuestro correo. Continúe para elegir una contraseña nueva para su cuenta de { $service }.
page-link-not-you = Si usted no lo ha solicitado, cierre esta página. No cambiará nada.
page-link-button = Continuar

page-password-heading = Elija una contraseña nueva
page-password-intro = Elija una que no use en ningún otro sitio. Varias palabras seguidas son fáciles de recordar y difíciles de adivinar.
page-password-label = Contraseña nueva
page-password-length = Al menos { $length } caracteres.
page-password-show = Mostrar contraseña
page-password-hide = Ocultar contraseña
page-password-suggest = Sugerir una frase
page-password-suggested = Hemos introducido una frase de contraseña y la mostramos. Anótela o guárdela en su navegador.
page-password-button = Cambiar la contraseña
page-password-empty = Introduzca una contraseña nueva.
page-password-rejected = Esta contraseña no se ha aceptado.
page-password-more = { $count ->
    [one] Falta un carácter.
   *[other] Faltan { $count } caracteres.
}
page-password-account = Cuenta

page-factor-needed = Su cuenta pide un segundo paso al iniciar sesión, como un código de una aplicación. Complete ese paso en { $service } y después cambie aquí la contraseña.
page-factor-button = Completar el segundo paso
page-factor-tab = Se abre en una pestaña nueva. Deje esta abierta.
page-factor-done = El segundo paso está completado. Ahora cambie la contraseña.
page-factor-ask = Su cuenta pide un segundo paso al iniciar sesión, por lo que su contraseña no se puede cambiar aquí. Pida ayuda.

page-strength = Seguridad
page-strength-0 = Muy fácil de adivinar
page-strength-1 = Fácil de adivinar
page-strength-2 = Se podría adivinar
page-strength-3 = Parece segura
page-strength-4 = Parece muy segura

page-reason-too_short = Es demasiado corta: hacen falta al menos { $length } caracteres.
page-reason-too_long = Es demasiado larga: puede tener 256 caracteres como máximo.
page-reason-too_guessable = Se podría adivinar.
page-reason-contains_context = Contiene su dirección o el nombre de { $service }.
page-reason-blocklisted = Está en una lista de contraseñas no permitidas.
page-reason-warning_row_of_keys = Las teclas seguidas son fáciles de adivinar.
page-reason-warning_keyboard_pattern = Los patrones cortos del teclado son fáciles de adivinar.
page-reason-warning_repeated_character = Los caracteres repetidos como «aaa» son fáciles de adivinar.
page-reason-warning_repeated_pattern = Los patrones repetidos como «abcabc» apenas son mejores que «abc».
page-reason-warning_top_10_password = Es una de las diez contraseñas más usadas.
page-reason-warning_top_100_password = Es una de las cien contraseñas más usadas.
page-reason-warning_common_password = Esta contraseña se usa mucho.
page-reason-warning_similar_to_common_password = Se parece a una contraseña que se usa mucho.
page-reason-warning_sequence = Las secuencias como «abc» o «6543» son fáciles de adivinar.
page-reason-warning_recent_year = Los años recientes son fáciles de adivinar.
page-reason-warning_single_word = Una sola palabra es fácil de adivinar.
page-reason-warning_date = Las fechas son fáciles de adivinar.
page-reason-warning_single_name = Un solo nombre es fácil de adivinar.
page-reason-warning_common_name = Los nombres comunes son fáciles de adivinar.
page-reason-use_a_few_uncommon_words = Use varias palabras que no suelan ir juntas.
page-reason-no_need_for_symbols_or_digits = No hacen falta símbolos, cifras ni mayúsculas.
page-reason-add_another_word = Añada una o dos palabras más, mejor si son poco comunes.
page-reason-capitals_help_little = Las mayúsculas ayudan poco.
page-reason-all_capitals_help_little = Una contraseña toda en mayúsculas es tan fácil de adivinar como en minúsculas.
page-reason-reversed_words_help_little = Las palabras escritas al revés ayudan poco.
page-reason-substitutions_help_little = Las sustituciones como «@» por «a» ayudan poco.
page-reason-use_longer_keyboard_pattern = Use un patrón más largo y con más cambios de dirección.
page-reason-avoid_repetition = Evite repetir palabras y caracteres.
page-reason-avoid_sequences = Evite las secuencias.
page-reason-avoid_recent_years = Evite los años recientes.
page-reason-avoid_your_years = Evite los años que tengan que ver con usted.
page-reason-avoid_your_dates = Evite las fechas y los años que tengan que ver con usted.
page-reason-other = Elija otra.

page-done-heading = Se ha cambiado su contraseña
page-done-intro = Inicie sesión en { $service } con la contraseña nueva. Se han cerrado todas las sesiones que tenía abiertas.
page-done-mail = Recibirá un correo que confirma el cambio.

page-elsewhere-heading = Ha continuado en otra pestaña
page-elsewhere-intro = El proceso sigue allí. Puede cerrar esta pestaña.
page-elsewhere-done-heading = Se ha cambiado su contraseña
page-elsewhere-done-intro = La ha cambiado en otra pestaña. Puede cerrar esta.

page-over-new-code = Enviar un código nuevo
page-over-start = Empezar de nuevo
page-over-tries-heading = Ha superado el número de intentos
page-over-tries-intro = Por su seguridad, este código ya no sirve. Solicite uno nuevo.
page-over-expired-heading = El código ha caducado
page-over-expired-intro = Los códigos solo sirven durante poco tiempo. Solicite uno nuevo.
page-over-link-heading = Este enlace ya no sirve
page-over-link-intro = Ya se ha utilizado o ha caducado. Solicite un código nuevo; solo cuenta el correo más reciente.
page-over-lost-heading = Solicite un código nuevo
page-over-lost-intro = Se ha cortado la conexión mientras se comprobaba su código, así que puede que ya no sirva. Con uno nuevo podrá continuar.
page-over-token-heading = Se ha agotado el tiempo para elegir una contraseña
page-over-token-intro = Por su seguridad, tiene que empezar de nuevo.
page-over-maybe-heading = Pruebe su contraseña nueva
page-over-maybe-intro = Se ha cortado la conexión mientras se cambiaba su contraseña. Lo más probable es que se haya cambiado: intente iniciar sesión con la nueva. Si no funciona, empiece de nuevo.

page-wait-busy = Hay mucha actividad en este momento. Volveremos a intentarlo automáticamente en { $seconds } s.
page-wait-unavailable = En este momento no se puede acceder a { $service }. Volveremos a intentarlo automáticamente en { $seconds } s.
page-wait-offline = No hay conexión. En cuanto vuelva, continuaremos.
page-wait-proof = { $service } está sufriendo un ataque, así que este dispositivo debe hacer antes un breve cálculo. Tardará unos segundos.
page-wait-now = Intentar ahora
page-working = Un momento…

page-error-rate_limited = { $minutes ->
    [one] Demasiados intentos. Vuelva a intentarlo en un minuto.
   *[other] Demasiados intentos. Vuelva a intentarlo en { $minutes } minutos.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Demasiados intentos seguidos. Vuelva a intentarlo en un segundo.
   *[other] Demasiados intentos seguidos. Vuelva a intentarlo en { $seconds } segundos.
}
page-error-invalid_request = No hemos podido leer los datos. Revise lo que ha introducido.
page-error-proof_required = { $service } está sufriendo un ataque y la comprobación que pide no se ha completado. Inténtelo más tarde.
page-error-other = Algo ha fallado. Recargue la página e inténtelo de nuevo.
page-error-unavailable = { $service } no ha respondido. Vuelva a intentarlo dentro de un rato.
