language-name = Русский

mail-code-subject = Сброс пароля
mail-code-heading = Сброс пароля
mail-code-intro = Мы получили запрос на сброс пароля вашей учётной записи { $service }. Чтобы продолжить, введите этот код:
mail-code-minutes = { $minutes ->
    [one] Код одноразовый и действует ещё { $minutes } минуту.
    [few] Код одноразовый и действует ещё { $minutes } минуты.
   *[many] Код одноразовый и действует ещё { $minutes } минут.
}
mail-code-link-intro = Или откройте ссылку — на этом или другом устройстве:
mail-code-button = Задать новый пароль
mail-code-ignore = Если вы этого не запрашивали, просто не обращайте внимания на это письмо: ваш пароль останется прежним. Никому не сообщайте код, даже тем, кто представляется сотрудником { $service }.

mail-changed-subject = Ваш пароль изменён
mail-changed-heading = Ваш пароль изменён
mail-changed-intro = Пароль вашей учётной записи { $service } был изменён { $when }.
mail-changed-you = Если это сделали вы, больше ничего делать не нужно.
mail-changed-not-you = Если это были не вы, возможно, вашу почту может читать кто-то ещё. Сначала защитите свой почтовый ящик, затем снова сбросьте пароль и сообщите об этом команде { $service }.

mail-factor-subject = Ваш пароль не сброшен
mail-factor-heading = Ваш пароль не сброшен
mail-factor-intro = Мы получили запрос на сброс пароля вашей учётной записи { $service }.
mail-factor-why = Для входа в эту учётную запись нужен второй шаг, например код из приложения. Поэтому её пароль не сбрасывается по почте.
mail-factor-ask = Если это были вы, обратитесь за помощью сюда:
mail-factor-ignore = Если это были не вы, просто не обращайте внимания на это письмо: ваш пароль останется прежним.

mail-support = Нужна помощь?
mail-footer = Письмо отправлено сервисом { $service } автоматически. Ответы на него никто не читает.

page-language = Язык
page-support = Нужна помощь? Напишите команде { $service }
page-support-link = Поддержка { $service }
page-back = Вернуться в сервис { $service }
page-broken = На странице произошла ошибка. Обновите её, чтобы продолжить.
page-reload = Обновить страницу

page-address-heading = Сброс пароля
page-address-intro = Введите адрес электронной почты вашей учётной записи { $service }. Мы отправим код, с которым вы сможете задать новый пароль.
page-address-label = Электронная почта
page-address-button = Отправить код
page-address-empty = Введите адрес электронной почты.
page-address-invalid = Это не похоже на адрес электронной почты. Он должен выглядеть так: name@example.com.
page-address-letters = Перед знаком @ здесь допустимы только обычные латинские буквы, цифры и стандартные знаки.
page-address-reloaded = Страница была загружена заново, и в целях безопасности введённые данные не сохранились. Чтобы продолжить, запросите новый код.
page-address-resume = Ввести код, отправленный на { $address }

page-code-heading = Проверьте почту
page-code-intro = Если для адреса { $address } есть учётная запись, письмо с кодом уже в пути. Введите код или откройте ссылку из письма.
page-code-intro-link = Введите код из письма или ещё раз откройте ссылку в нём.
page-code-label = Код из письма
page-code-hint-base32 = 8 латинских букв и цифр. Дефисы, пробелы и регистр не важны.
page-code-hint-digits = { $length ->
    [one] { $length } цифра.
    [few] { $length } цифры.
   *[many] { $length } цифр.
}
page-code-until = Код действует до { $time }.
page-code-button = Продолжить
page-code-empty = Введите код из письма.
page-code-length = Символов в коде: { $length }, введено: { $count }.
page-code-rejected = Неверный код. Откройте последнее письмо и введите код ещё раз.
page-code-rejected-last = Неверный код. Осталась одна попытка.
page-code-resend = Отправить ещё раз
page-code-resend-in = { $seconds ->
    [one] Отправить письмо ещё раз можно через { $seconds } секунду.
    [few] Отправить письмо ещё раз можно через { $seconds } секунды.
   *[many] Отправить письмо ещё раз можно через { $seconds } секунд.
}
page-code-resent = Письмо снова в пути, код в нём тот же.
page-code-sent-already = Письмо отправлено совсем недавно, поэтому второе мы пока не отправили.
page-code-no-more = Отправить письмо ещё раз нельзя. Если оно не придёт, начните заново немного позже.
page-code-change = Указать другой адрес
page-code-help = Письмо не пришло?
page-code-help-wait = Иногда оно идёт несколько минут.
page-code-help-spam = Загляните в папку «Спам».
page-code-help-address = Проверьте, верно ли указан адрес: { $address }
page-code-help-account = Письмо приходит, только если для адреса есть учётная запись. Возможно, она привязана к другому вашему адресу.

page-link-heading = Задайте новый пароль
page-link-intro = Вы открыли ссылку из нашего письма. Продолжите, чтобы задать новый пароль для учётной записи { $service }.
page-link-not-you = Если вы этого не запрашивали, закройте страницу. Ничего не изменится.
page-link-button = Продолжить

page-password-heading = Задайте новый пароль
page-password-intro = Придумайте пароль, который вы больше нигде не используете. Несколько слов подряд легко запомнить и трудно подобрать.
page-password-label = Новый пароль
page-password-length = { $length ->
    [one] Не менее { $length } символа.
    [few] Не менее { $length } символов.
   *[many] Не менее { $length } символов.
}
page-password-show = Показать пароль
page-password-hide = Скрыть пароль
page-password-suggest = Предложить фразу
page-password-suggested = Мы подставили парольную фразу, она показана в поле. Запишите её или сохраните в браузере.
page-password-button = Сменить пароль
page-password-empty = Введите новый пароль.
page-password-rejected = Этот пароль не подходит.
page-password-more = { $count ->
    [one] Нужен ещё { $count } символ.
    [few] Нужно ещё { $count } символа.
   *[many] Нужно ещё { $count } символов.
}
page-password-account = Учётная запись

page-factor-needed = Для входа в вашу учётную запись нужен второй шаг, например код из приложения. Пройдите его в сервисе { $service }, а затем задайте здесь новый пароль.
page-factor-button = Пройти второй шаг
page-factor-tab = Он откроется в новой вкладке. Не закрывайте эту.
page-factor-done = Второй шаг пройден. Теперь задайте новый пароль.
page-factor-ask = Для входа в вашу учётную запись нужен второй шаг, поэтому сменить её пароль здесь нельзя. Обратитесь за помощью.

page-strength = Надёжность
page-strength-0 = Очень легко подобрать
page-strength-1 = Легко подобрать
page-strength-2 = Можно подобрать
page-strength-3 = Выглядит надёжным
page-strength-4 = Выглядит очень надёжным

page-reason-too_short = { $length ->
    [one] Он слишком короткий: нужно не менее { $length } символа.
    [few] Он слишком короткий: нужно не менее { $length } символов.
   *[many] Он слишком короткий: нужно не менее { $length } символов.
}
page-reason-too_long = Он слишком длинный: можно не более 256 символов.
page-reason-too_guessable = Его можно подобрать.
page-reason-contains_context = В нём есть ваш адрес или название { $service }.
page-reason-blocklisted = Он входит в список запрещённых паролей.
page-reason-warning_row_of_keys = Соседние клавиши подряд легко подобрать.
page-reason-warning_keyboard_pattern = Короткие узоры на клавиатуре легко подобрать.
page-reason-warning_repeated_character = Повторы вроде «aaa» легко подобрать.
page-reason-warning_repeated_pattern = Повторы вроде «abcabc» почти не лучше, чем «abc».
page-reason-warning_top_10_password = Это один из десяти самых распространённых паролей.
page-reason-warning_top_100_password = Это один из ста самых распространённых паролей.
page-reason-warning_common_password = Это очень распространённый пароль.
page-reason-warning_similar_to_common_password = Он похож на очень распространённый пароль.
page-reason-warning_sequence = Последовательности вроде «abc» или «6543» легко подобрать.
page-reason-warning_recent_year = Недавние годы легко подобрать.
page-reason-warning_single_word = Одно слово легко подобрать.
page-reason-warning_date = Даты легко подобрать.
page-reason-warning_single_name = Одно имя легко подобрать.
page-reason-warning_common_name = Распространённые имена легко подобрать.
page-reason-use_a_few_uncommon_words = Возьмите несколько слов, которые редко стоят рядом.
page-reason-no_need_for_symbols_or_digits = Спецсимволы, цифры и заглавные буквы не обязательны.
page-reason-add_another_word = Добавьте ещё одно-два слова, лучше необычных.
page-reason-capitals_help_little = Заглавные буквы мало помогают.
page-reason-all_capitals_help_little = Одни заглавные подобрать так же легко, как одни строчные.
page-reason-reversed_words_help_little = Слова, написанные наоборот, мало помогают.
page-reason-substitutions_help_little = Замены вроде «@» вместо «a» мало помогают.
page-reason-use_longer_keyboard_pattern = Возьмите узор длиннее, где направление меняется чаще.
page-reason-avoid_repetition = Не повторяйте слова и символы.
page-reason-avoid_sequences = Не используйте последовательности.
page-reason-avoid_recent_years = Не используйте недавние годы.
page-reason-avoid_your_years = Не используйте годы, которые с вами связаны.
page-reason-avoid_your_dates = Не используйте даты и годы, которые с вами связаны.
page-reason-other = Придумайте другой.

page-done-heading = Ваш пароль изменён
page-done-intro = Войдите в сервис { $service } с новым паролем. Все прежние сеансы завершены.
page-done-mail = О смене пароля мы сообщим письмом.

page-elsewhere-heading = Вы продолжили в другой вкладке
page-elsewhere-intro = Сброс пароля продолжается там. Эту вкладку можно закрыть.
page-elsewhere-done-heading = Ваш пароль изменён
page-elsewhere-done-intro = Вы изменили его в другой вкладке. Эту можно закрыть.

page-over-new-code = Отправить новый код
page-over-start = Начать заново
page-over-tries-heading = Попытки закончились
page-over-tries-intro = В целях безопасности этот код больше не действует. Запросите новый.
page-over-expired-heading = Срок действия кода истёк
page-over-expired-intro = Код действует недолго. Запросите новый.
page-over-link-heading = Ссылка больше не действует
page-over-link-intro = Её уже использовали, или срок её действия истёк. Запросите новый код; действительно только последнее письмо.
page-over-lost-heading = Запросите новый код
page-over-lost-intro = Пока мы проверяли код, связь прервалась, и он, возможно, уже не действует. С новым кодом всё получится.
page-over-token-heading = Время на выбор пароля истекло
page-over-token-intro = В целях безопасности сброс нужно начать заново.
page-over-maybe-heading = Попробуйте новый пароль
page-over-maybe-intro = Связь прервалась, пока менялся пароль. Скорее всего, он изменён: попробуйте войти с новым. Если не получится, начните заново.

page-wait-busy = Сейчас очень много запросов. Мы сами повторим попытку через { $seconds } с.
page-wait-unavailable = Сервис { $service } сейчас недоступен. Мы сами повторим попытку через { $seconds } с.
page-wait-offline = Нет связи. Как только она появится, мы продолжим.
page-wait-proof = Сервис { $service } сейчас атакуют, поэтому устройство сначала выполнит небольшое вычисление. Это займёт несколько секунд.
page-wait-now = Повторить сейчас
page-working = Подождите немного…

page-error-rate_limited = { $minutes ->
    [one] Слишком много попыток. Попробуйте снова через { $minutes } минуту.
    [few] Слишком много попыток. Попробуйте снова через { $minutes } минуты.
   *[many] Слишком много попыток. Попробуйте снова через { $minutes } минут.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Слишком много попыток подряд. Попробуйте снова через { $seconds } секунду.
    [few] Слишком много попыток подряд. Попробуйте снова через { $seconds } секунды.
   *[many] Слишком много попыток подряд. Попробуйте снова через { $seconds } секунд.
}
page-error-invalid_request = Не удалось прочитать данные. Проверьте, что вы ввели.
page-error-proof_required = Сервис { $service } сейчас атакуют, и требуемая проверка не удалась. Попробуйте позже.
page-error-other = Что-то пошло не так. Обновите страницу и попробуйте снова.
page-error-unavailable = Сервис { $service } не ответил. Попробуйте немного позже.
