# Names and times are Latin text within Arabic: U+2068 and U+2066 to U+2069 set them apart, so that they read in order.
# They never stand next to a code or a link, which must be copied without them.

language-name = العربية

mail-code-subject = إعادة تعيين كلمة المرور
mail-code-heading = إعادة تعيين كلمة المرور
mail-code-intro = تلقّينا طلبًا لإعادة تعيين كلمة المرور لحسابك في {"\u2068"}{ $service }{"\u2069"}. للمتابعة، أدخل هذا الرمز:
mail-code-minutes = { $minutes ->
    [zero] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال أقل من دقيقة.
    [one] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال دقيقة واحدة.
    [two] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال دقيقتين.
    [few] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال { $minutes } دقائق.
    [many] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال { $minutes } دقيقة.
   *[other] يُستخدم الرمز مرة واحدة فقط، وتنتهي صلاحيته خلال { $minutes } دقيقة.
}
mail-code-link-intro = أو استخدم هذا الرابط، على هذا الجهاز أو على جهاز آخر:
mail-code-button = اختيار كلمة مرور جديدة
mail-code-ignore = إذا لم تطلب ذلك، فيمكنك تجاهل هذه الرسالة: ستبقى كلمة مرورك كما هي. لا تُعطِ الرمز لأي شخص أبدًا، حتى لمن يقول إنه يعمل لدى {"\u2068"}{ $service }{"\u2069"}.

mail-changed-subject = تم تغيير كلمة مرورك
mail-changed-heading = تم تغيير كلمة مرورك
mail-changed-intro = تم تغيير كلمة المرور لحسابك في {"\u2068"}{ $service }{"\u2069"} بتاريخ {"\u2066"}{ $when }{"\u2069"}.
mail-changed-you = إذا كنت أنت من فعل ذلك، فلا يلزمك فعل أي شيء آخر.
mail-changed-not-you = إذا لم تكن أنت، فقد يكون بإمكان شخص آخر قراءة بريدك. أمِّن صندوق بريدك أولًا، ثم أعد تعيين كلمة المرور مرة أخرى، وأخبر فريق {"\u2068"}{ $service }{"\u2069"}.

mail-factor-subject = لم تتم إعادة تعيين كلمة مرورك
mail-factor-heading = لم تتم إعادة تعيين كلمة مرورك
mail-factor-intro = تلقّينا طلبًا لإعادة تعيين كلمة المرور لحسابك في {"\u2068"}{ $service }{"\u2069"}.
mail-factor-why = يتطلب هذا الحساب خطوة ثانية عند تسجيل الدخول، مثل رمز من تطبيق، ولذلك لا تُعاد كلمة مروره عبر البريد.
mail-factor-ask = إذا كنت أنت من طلب ذلك، فاطلب المساعدة هنا:
mail-factor-ignore = إذا لم تكن أنت، فيمكنك تجاهل هذه الرسالة: ستبقى كلمة مرورك كما هي.

mail-support = هل تحتاج إلى مساعدة؟
mail-footer = أُرسلت هذه الرسالة تلقائيًا من {"\u2068"}{ $service }{"\u2069"}، ولا تُقرأ الردود عليها.

page-language = اللغة
page-support = هل تحتاج إلى مساعدة؟ راسِل {"\u2068"}{ $service }{"\u2069"}
page-support-link = الحصول على المساعدة من {"\u2068"}{ $service }{"\u2069"}
page-back = العودة إلى {"\u2068"}{ $service }{"\u2069"}
page-broken = حدث خطأ في هذه الصفحة. أعد تحميلها للمتابعة.
page-reload = إعادة تحميل الصفحة

page-address-heading = إعادة تعيين كلمة المرور
page-address-intro = أدخل عنوان البريد الإلكتروني لحسابك في {"\u2068"}{ $service }{"\u2069"}، وسنرسل إليك رمزًا لاختيار كلمة مرور جديدة.
page-address-label = عنوان البريد الإلكتروني
page-address-button = إرسال الرمز
page-address-empty = أدخل عنوان بريدك الإلكتروني.
page-address-invalid = لا يبدو أن هذا عنوان بريد إلكتروني. يجب أن يكون على هذا النحو: name@example.com.
page-address-letters = لا يُقبل قبل علامة @ سوى الأحرف الإنجليزية والأرقام والرموز المعتادة.
page-address-reloaded = أُعيد تحميل الصفحة، وحفاظًا على أمانك لم يُحفظ شيء من خطوات إعادة التعيين. اطلب رمزًا جديدًا للمتابعة.
page-address-resume = إدخال الرمز المُرسَل إلى {"\u2066"}{ $address }{"\u2069"}

page-code-heading = تحقق من بريدك
page-code-intro = إذا كان هناك حساب مرتبط بالعنوان {"\u2066"}{ $address }{"\u2069"}، فستصلك قريبًا رسالة فيها رمز. أدخل الرمز، أو افتح الرابط الموجود في الرسالة.
page-code-intro-link = أدخل الرمز الوارد في الرسالة، أو افتح الرابط الموجود فيها مرة أخرى.
page-code-label = الرمز الوارد في الرسالة
page-code-hint-base32 = 8 خانات من الأحرف والأرقام. لا فرق بين الأحرف الكبيرة والصغيرة، ولا أهمية للشرطات والمسافات.
page-code-hint-digits = أرقام فقط، وعددها { $length }.
page-code-until = الرمز صالح حتى الساعة {"\u2068"}{ $time }{"\u2069"}.
page-code-button = متابعة
page-code-empty = أدخل الرمز الوارد في الرسالة.
page-code-length = { $count ->
    [zero] عدد خانات الرمز { $length }، ولم تُدخل أي خانة.
    [one] عدد خانات الرمز { $length }، وقد أدخلت خانة واحدة.
    [two] عدد خانات الرمز { $length }، وقد أدخلت خانتين.
    [few] عدد خانات الرمز { $length }، وقد أدخلت { $count } خانات.
    [many] عدد خانات الرمز { $length }، وقد أدخلت { $count } خانة.
   *[other] عدد خانات الرمز { $length }، وقد أدخلت { $count } خانة.
}
page-code-rejected = الرمز غير صحيح. راجع أحدث رسالة وأدخله مرة أخرى.
page-code-rejected-last = الرمز غير صحيح. بقيت لك محاولة واحدة.
page-code-resend = إعادة إرسال الرسالة
page-code-resend-in = { $seconds ->
    [zero] يمكنك إعادة إرسال الرسالة بعد أقل من ثانية.
    [one] يمكنك إعادة إرسال الرسالة بعد ثانية واحدة.
    [two] يمكنك إعادة إرسال الرسالة بعد ثانيتين.
    [few] يمكنك إعادة إرسال الرسالة بعد { $seconds } ثوانٍ.
    [many] يمكنك إعادة إرسال الرسالة بعد { $seconds } ثانية.
   *[other] يمكنك إعادة إرسال الرسالة بعد { $seconds } ثانية.
}
page-code-resent = أعدنا إرسال الرسالة، وفيها الرمز نفسه.
page-code-sent-already = أُرسلت رسالة قبل لحظات، لذا لم نرسل رسالة أخرى بعد.
page-code-no-more = لا يمكن إرسال الرسالة مرة أخرى. إذا لم تصلك أي رسالة، فابدأ من جديد بعد قليل.
page-code-change = استخدام عنوان آخر
page-code-help = لم تصلك الرسالة؟
page-code-help-wait = قد يستغرق وصولها بضع دقائق.
page-code-help-spam = ابحث في مجلد الرسائل غير المرغوب فيها.
page-code-help-address = تأكد من صحة العنوان: {"\u2066"}{ $address }{"\u2069"}
page-code-help-account = لا تُرسل الرسالة إلا إذا كان العنوان مرتبطًا بحساب. ربما سجّلت بعنوان آخر من عناوينك.

page-link-heading = اختيار كلمة مرور جديدة
page-link-intro = لقد فتحت الرابط الوارد في رسالتنا. تابع لاختيار كلمة مرور جديدة لحسابك في {"\u2068"}{ $service }{"\u2069"}.
page-link-not-you = إذا لم تطلب ذلك، فأغلق هذه الصفحة، ولن يتغيّر شيء.
page-link-button = متابعة

page-password-heading = اختيار كلمة مرور جديدة
page-password-intro = اختر كلمة مرور لا تستخدمها في أي مكان آخر. يسهل تذكّر عدة كلمات متتالية، ويصعب تخمينها.
page-password-label = كلمة المرور الجديدة
page-password-length = الحد الأدنى لعدد الأحرف: { $length }.
page-password-show = إظهار كلمة المرور
page-password-hide = إخفاء كلمة المرور
page-password-suggest = اقتراح عبارة مرور
page-password-suggested = أدخلنا لك عبارة مرور، وهي ظاهرة الآن. دوّنها أو دع متصفحك يحفظها.
page-password-button = تغيير كلمة المرور
page-password-empty = أدخل كلمة مرور جديدة.
page-password-rejected = لم تُقبل كلمة المرور هذه.
page-password-more = { $count ->
    [zero] لا ينقصها أي حرف.
    [one] ينقصها حرف واحد.
    [two] ينقصها حرفان.
    [few] ينقصها { $count } أحرف.
    [many] ينقصها { $count } حرفًا.
   *[other] ينقصها { $count } حرف.
}
page-password-account = الحساب

page-factor-needed = يتطلب حسابك خطوة ثانية عند تسجيل الدخول، مثل رمز من تطبيق. أكمل هذه الخطوة في {"\u2068"}{ $service }{"\u2069"}، ثم عيّن كلمة المرور الجديدة هنا.
page-factor-button = إكمال الخطوة الثانية
page-factor-tab = تُفتح في علامة تبويب جديدة. أبقِ هذه مفتوحة.
page-factor-done = اكتملت الخطوة الثانية. عيّن الآن كلمة المرور الجديدة.
page-factor-ask = يتطلب حسابك خطوة ثانية عند تسجيل الدخول، ولذلك لا يمكن تعيين كلمة مروره هنا. اطلب المساعدة.

page-strength = قوة كلمة المرور
page-strength-0 = سهلة التخمين جدًا
page-strength-1 = سهلة التخمين
page-strength-2 = يمكن تخمينها
page-strength-3 = تبدو قوية
page-strength-4 = تبدو قوية جدًا

page-reason-too_short = كلمة المرور قصيرة جدًا. الحد الأدنى لعدد الأحرف: { $length }.
page-reason-too_long = كلمة المرور طويلة جدًا. الحد الأقصى 256 حرفًا.
page-reason-too_guessable = يمكن تخمين كلمة المرور هذه.
page-reason-contains_context = تحتوي على عنوان بريدك أو على اسم {"\u2068"}{ $service }{"\u2069"}.
page-reason-blocklisted = كلمة المرور هذه ضمن قائمة كلمات المرور غير المسموح بها.
page-reason-warning_row_of_keys = يسهل تخمين المفاتيح المتتالية في صف واحد من لوحة المفاتيح.
page-reason-warning_keyboard_pattern = يسهل تخمين الأنماط القصيرة على لوحة المفاتيح.
page-reason-warning_repeated_character = يسهل تخمين الأحرف المكررة مثل «aaa».
page-reason-warning_repeated_pattern = الأنماط المكررة مثل «abcabc» ليست أفضل كثيرًا من «abc».
page-reason-warning_top_10_password = هذه إحدى كلمات المرور العشر الأكثر استخدامًا.
page-reason-warning_top_100_password = هذه إحدى كلمات المرور المئة الأكثر استخدامًا.
page-reason-warning_common_password = كلمة المرور هذه شائعة الاستخدام.
page-reason-warning_similar_to_common_password = تشبه هذه كلمة مرور شائعة الاستخدام.
page-reason-warning_sequence = يسهل تخمين التسلسلات مثل «abc» أو «6543».
page-reason-warning_recent_year = يسهل تخمين السنوات الأخيرة.
page-reason-warning_single_word = يسهل تخمين كلمة واحدة بمفردها.
page-reason-warning_date = يسهل تخمين التواريخ.
page-reason-warning_single_name = يسهل تخمين اسم واحد بمفرده.
page-reason-warning_common_name = يسهل تخمين الأسماء الشائعة.
page-reason-use_a_few_uncommon_words = استخدم بضع كلمات لا تجتمع معًا عادةً.
page-reason-no_need_for_symbols_or_digits = لا حاجة إلى رموز أو أرقام أو أحرف كبيرة.
page-reason-add_another_word = أضف كلمة أخرى أو كلمتين، ويُفضَّل أن تكون غير مألوفة.
page-reason-capitals_help_little = الأحرف الكبيرة لا تفيد كثيرًا.
page-reason-all_capitals_help_little = كتابة جميع الأحرف كبيرةً لا تجعل التخمين أصعب.
page-reason-reversed_words_help_little = كتابة الكلمات معكوسةً لا تفيد كثيرًا.
page-reason-substitutions_help_little = استبدال بعض الأحرف، مثل «@» بدلًا من «a»، لا يفيد كثيرًا.
page-reason-use_longer_keyboard_pattern = استخدم نمطًا أطول يتغيّر اتجاهه عدة مرات.
page-reason-avoid_repetition = تجنّب تكرار الكلمات والأحرف.
page-reason-avoid_sequences = تجنّب التسلسلات.
page-reason-avoid_recent_years = تجنّب السنوات الأخيرة.
page-reason-avoid_your_years = تجنّب السنوات المرتبطة بك.
page-reason-avoid_your_dates = تجنّب التواريخ والسنوات المرتبطة بك.
page-reason-other = اختر كلمة مرور أخرى.

page-done-heading = تم تغيير كلمة مرورك
page-done-intro = سجّل الدخول إلى {"\u2068"}{ $service }{"\u2069"} بكلمة المرور الجديدة. تم تسجيل خروجك من جميع الأجهزة التي كنت مسجّل الدخول عليها.
page-done-mail = ستصلك رسالة تؤكد التغيير.

page-elsewhere-heading = لقد تابعت في علامة تبويب أخرى
page-elsewhere-intro = أكمل إعادة التعيين هناك. يمكنك إغلاق علامة التبويب هذه.
page-elsewhere-done-heading = تم تغيير كلمة مرورك
page-elsewhere-done-intro = غيّرتها في علامة تبويب أخرى. يمكنك إغلاق علامة التبويب هذه.

page-over-new-code = إرسال رمز جديد
page-over-start = البدء من جديد
page-over-tries-heading = تجاوزت عدد المحاولات المسموح به
page-over-tries-intro = حفاظًا على أمانك، لم يعد هذا الرمز صالحًا. اطلب رمزًا جديدًا.
page-over-expired-heading = انتهت صلاحية الرمز
page-over-expired-intro = يبقى الرمز صالحًا لمدة قصيرة فقط. اطلب رمزًا جديدًا.
page-over-link-heading = لم يعد هذا الرابط صالحًا
page-over-link-intro = سبق استخدامه أو انتهت صلاحيته. اطلب رمزًا جديدًا، واعتمد على أحدث رسالة فقط.
page-over-lost-heading = يُرجى طلب رمز جديد
page-over-lost-intro = انقطع الاتصال أثناء التحقق من رمزك، وربما لم يعد صالحًا. يمكنك المتابعة برمز جديد.
page-over-token-heading = انتهى الوقت المتاح لاختيار كلمة المرور
page-over-token-intro = حفاظًا على أمانك، يجب بدء إعادة التعيين من جديد.
page-over-maybe-heading = جرّب كلمة مرورك الجديدة
page-over-maybe-intro = انقطع الاتصال أثناء تغيير كلمة مرورك. الأرجح أنها تغيّرت، لذا جرّب تسجيل الدخول بكلمة المرور الجديدة. إذا لم ينجح ذلك، فابدأ من جديد.

page-wait-busy = { $seconds ->
    [zero] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد لحظة.
    [one] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد ثانية واحدة.
    [two] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد ثانيتين.
    [few] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثوانٍ.
    [many] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثانية.
   *[other] هناك ضغط كبير الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثانية.
}
page-wait-unavailable = { $seconds ->
    [zero] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد لحظة.
    [one] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد ثانية واحدة.
    [two] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد ثانيتين.
    [few] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثوانٍ.
    [many] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثانية.
   *[other] يتعذّر الوصول إلى {"\u2068"}{ $service }{"\u2069"} الآن. سنعيد المحاولة تلقائيًا بعد { $seconds } ثانية.
}
page-wait-offline = لا يوجد اتصال بالإنترنت. سنتابع تلقائيًا فور عودته.
page-wait-proof = هناك هجوم على {"\u2068"}{ $service }{"\u2069"} الآن، ولذلك يُجري هذا الجهاز عملية حسابية قصيرة أولًا. يستغرق ذلك بضع ثوانٍ.
page-wait-now = إعادة المحاولة الآن
page-working = لحظة من فضلك…

page-error-rate_limited = { $minutes ->
    [zero] محاولات كثيرة جدًا. حاول مرة أخرى بعد أقل من دقيقة.
    [one] محاولات كثيرة جدًا. حاول مرة أخرى بعد دقيقة واحدة.
    [two] محاولات كثيرة جدًا. حاول مرة أخرى بعد دقيقتين.
    [few] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $minutes } دقائق.
    [many] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $minutes } دقيقة.
   *[other] محاولات كثيرة جدًا. حاول مرة أخرى بعد { $minutes } دقيقة.
}
page-error-rate_limited-soon = { $seconds ->
    [zero] محاولات كثيرة متتالية. حاول مرة أخرى بعد لحظة.
    [one] محاولات كثيرة متتالية. حاول مرة أخرى بعد ثانية واحدة.
    [two] محاولات كثيرة متتالية. حاول مرة أخرى بعد ثانيتين.
    [few] محاولات كثيرة متتالية. حاول مرة أخرى بعد { $seconds } ثوانٍ.
    [many] محاولات كثيرة متتالية. حاول مرة أخرى بعد { $seconds } ثانية.
   *[other] محاولات كثيرة متتالية. حاول مرة أخرى بعد { $seconds } ثانية.
}
page-error-invalid_request = تعذّرت قراءة طلبك. تحقق مما أدخلته.
page-error-proof_required = هناك هجوم على {"\u2068"}{ $service }{"\u2069"} الآن، ولم ينجح التحقق المطلوب. حاول مرة أخرى لاحقًا.
page-error-other = حدث خطأ ما. أعد تحميل الصفحة وحاول مرة أخرى.
page-error-unavailable = لم نتلقَّ ردًا من {"\u2068"}{ $service }{"\u2069"}. حاول مرة أخرى بعد قليل.
