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

mail-support = هل تحتاج إلى مساعدة؟
mail-footer = أُرسلت هذه الرسالة تلقائيًا من {"\u2068"}{ $service }{"\u2069"}، ولا تُقرأ الردود عليها.
