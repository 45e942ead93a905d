language-name = हिन्दी

mail-code-subject = अपना पासवर्ड रीसेट करें
mail-code-heading = अपना पासवर्ड रीसेट करें
mail-code-intro = हमें आपके { $service } खाते का पासवर्ड रीसेट करने का अनुरोध मिला है। आगे बढ़ने के लिए यह कोड डालें:
mail-code-minutes = { $minutes ->
    [one] यह कोड सिर्फ़ एक बार काम करता है और { $minutes } मिनट तक मान्य है।
   *[other] यह कोड सिर्फ़ एक बार काम करता है और { $minutes } मिनट तक मान्य है।
}
mail-code-link-intro = या इस लिंक का इस्तेमाल करें, इसी डिवाइस पर या किसी दूसरे पर:
mail-code-button = नया पासवर्ड चुनें
mail-code-ignore = अगर यह अनुरोध आपने नहीं किया है, तो इस ईमेल को अनदेखा कर सकते हैं: आपका पासवर्ड नहीं बदलेगा। यह कोड कभी किसी को न बताएँ, ऐसे व्यक्ति को भी नहीं जो ख़ुद को { $service } का कर्मचारी बताए।

mail-changed-subject = आपका पासवर्ड बदल दिया गया है
mail-changed-heading = आपका पासवर्ड बदल दिया गया है
mail-changed-intro = आपके { $service } खाते का पासवर्ड { $when } को बदला गया।
mail-changed-you = अगर यह आपने किया है, तो आपको और कुछ करने की ज़रूरत नहीं है।
mail-changed-not-you = अगर यह आपने नहीं किया है, तो हो सकता है कि कोई और आपके ईमेल पढ़ पा रहा हो। पहले अपना मेलबॉक्स सुरक्षित करें, फिर अपना पासवर्ड दोबारा रीसेट करें और { $service } की टीम को बताएँ।

mail-factor-subject = आपका पासवर्ड रीसेट नहीं किया गया
mail-factor-heading = आपका पासवर्ड रीसेट नहीं किया गया
mail-factor-intro = हमें आपके { $service } खाते का पासवर्ड रीसेट करने का अनुरोध मिला है।
mail-factor-why = इस खाते में लॉग इन के समय एक दूसरा चरण है, जैसे किसी ऐप का कोड। इसलिए इसका पासवर्ड ईमेल से रीसेट नहीं किया जाता।
mail-factor-ask = अगर यह अनुरोध आपने किया है, तो यहाँ मदद माँगें:
mail-factor-ignore = अगर यह अनुरोध आपने नहीं किया है, तो इस ईमेल को अनदेखा कर सकते हैं: आपका पासवर्ड नहीं बदलेगा।

mail-support = मदद चाहिए?
mail-footer = यह ईमेल { $service } ने अपने-आप भेजा है। इसके जवाब पढ़े नहीं जाते।

page-language = भाषा
page-support = मदद चाहिए? { $service } को लिखें
page-support-link = { $service } से मदद लें
page-back = { $service } पर वापस जाएँ
page-broken = इस पेज पर कुछ गड़बड़ी हो गई। आगे बढ़ने के लिए इसे फिर से लोड करें।
page-reload = पेज फिर से लोड करें

page-address-heading = अपना पासवर्ड रीसेट करें
page-address-intro = अपने { $service } खाते का ईमेल पता डालें। नया पासवर्ड चुनने के लिए हम आपको एक कोड भेजेंगे।
page-address-label = ईमेल पता
page-address-button = कोड भेजें
page-address-empty = अपना ईमेल पता डालें।
page-address-invalid = यह ईमेल पता सही नहीं लग रहा। इसे name@example.com जैसा होना चाहिए।
page-address-letters = @ से पहले वाले हिस्से में सिर्फ़ अंग्रेज़ी के अक्षर, अंक और आम चिह्न हो सकते हैं।
page-address-reloaded = पेज फिर से लोड हुआ है और आपकी सुरक्षा के लिए रीसेट की कोई जानकारी सेव नहीं रखी गई। आगे बढ़ने के लिए नया कोड मँगाएँ।
page-address-resume = { $address } पर भेजा गया कोड डालें

page-code-heading = अपना ईमेल देखें
page-code-intro = अगर { $address } से कोई खाता जुड़ा है, तो कोड वाला ईमेल थोड़ी देर में आ जाएगा। कोड डालें या ईमेल में दिया गया लिंक खोलें।
page-code-intro-link = ईमेल में मिला कोड डालें या उसमें दिया गया लिंक दोबारा खोलें।
page-code-label = ईमेल में मिला कोड
page-code-hint-base32 = 8 अक्षर और अंक। डैश, स्पेस और छोटे-बड़े अक्षरों से फ़र्क़ नहीं पड़ता।
page-code-hint-digits = { $length } अंकों का कोड।
page-code-until = यह कोड { $time } तक मान्य है।
page-code-button = आगे बढ़ें
page-code-empty = ईमेल में मिला कोड डालें।
page-code-length = { $count ->
    [one] कोड में { $length } कैरेक्टर होते हैं, आपने { $count } डाला है।
   *[other] कोड में { $length } कैरेक्टर होते हैं, आपने { $count } डाले हैं।
}
page-code-rejected = यह कोड सही नहीं है। सबसे नया ईमेल देखें और कोड दोबारा डालें।
page-code-rejected-last = यह कोड सही नहीं है। आपके पास एक मौक़ा और है।
page-code-resend = ईमेल दोबारा भेजें
page-code-resend-in = { $seconds ->
    [one] { $seconds } सेकंड बाद ईमेल दोबारा भेजा जा सकता है।
   *[other] { $seconds } सेकंड बाद ईमेल दोबारा भेजा जा सकता है।
}
page-code-resent = ईमेल दोबारा भेज दिया गया है। कोड वही है।
page-code-sent-already = ईमेल अभी-अभी भेजा गया था, इसलिए हमने फ़िलहाल दूसरा नहीं भेजा है।
page-code-no-more = ईमेल अब दोबारा नहीं भेजा जा सकता। अगर कोई ईमेल न मिले, तो थोड़ी देर बाद फिर से शुरू करें।
page-code-change = दूसरा ईमेल पता डालें
page-code-help = ईमेल नहीं मिला?
page-code-help-wait = ईमेल आने में कुछ मिनट लग सकते हैं।
page-code-help-spam = स्पैम या जंक फ़ोल्डर में देखें।
page-code-help-address = देख लें कि ईमेल पता सही है: { $address }
page-code-help-account = ईमेल तभी आता है, जब ईमेल पता किसी खाते से जुड़ा हो। हो सकता है कि आपका खाता आपके किसी दूसरे ईमेल पते से बना हो।

page-link-heading = नया पासवर्ड चुनें
page-link-intro = आपने हमारे ईमेल में दिया गया लिंक खोला है। अपने { $service } खाते का नया पासवर्ड चुनने के लिए आगे बढ़ें।
page-link-not-you = अगर यह अनुरोध आपने नहीं किया है, तो यह पेज बंद कर दें। कुछ भी नहीं बदलेगा।
page-link-button = आगे बढ़ें

page-password-heading = नया पासवर्ड चुनें
page-password-intro = ऐसा पासवर्ड चुनें जिसका इस्तेमाल आपने कहीं और न किया हो। एक साथ लिखे कई शब्द याद रखना आसान होता है और उनका अंदाज़ा लगाना मुश्किल।
page-password-label = नया पासवर्ड
page-password-length = कम से कम { $length } कैरेक्टर।
page-password-show = पासवर्ड दिखाएँ
page-password-hide = पासवर्ड छिपाएँ
page-password-suggest = पासफ़्रेज़ का सुझाव पाएँ
page-password-suggested = एक पासफ़्रेज़ भर दिया गया है, जिसे आप देख सकते हैं। इसे लिख लें या अपने ब्राउज़र में सेव कर लें।
page-password-button = पासवर्ड बदलें
page-password-empty = नया पासवर्ड डालें।
page-password-rejected = यह पासवर्ड स्वीकार नहीं किया गया।
page-password-more = { $count ->
    [one] { $count } कैरेक्टर और चाहिए।
   *[other] { $count } कैरेक्टर और चाहिए।
}
page-password-account = खाता

page-factor-needed = आपके खाते में लॉग इन के समय एक दूसरा चरण है, जैसे किसी ऐप का कोड। वह चरण { $service } पर पूरा करें, फिर यहाँ नया पासवर्ड डालें।
page-factor-button = दूसरा चरण पूरा करें
page-factor-tab = यह नए टैब में खुलता है। इस टैब को खुला रखें।
page-factor-done = दूसरा चरण पूरा हो गया है। अब नया पासवर्ड डालें।
page-factor-ask = आपके खाते में लॉग इन के समय एक दूसरा चरण है, इसलिए इसका पासवर्ड यहाँ नहीं बदला जा सकता। मदद माँगें।

page-strength = पासवर्ड की मज़बूती
page-strength-0 = अंदाज़ा लगाना बहुत आसान है
page-strength-1 = अंदाज़ा लगाना आसान है
page-strength-2 = अंदाज़ा लगाया जा सकता है
page-strength-3 = मज़बूत लगता है
page-strength-4 = बहुत मज़बूत लगता है

page-reason-too_short = यह बहुत छोटा है: कम से कम { $length } कैरेक्टर चाहिए।
page-reason-too_long = यह बहुत लंबा है: ज़्यादा से ज़्यादा 256 कैरेक्टर हो सकते हैं।
page-reason-too_guessable = इसका अंदाज़ा लगाया जा सकता है।
page-reason-contains_context = इसमें आपका ईमेल पता या { $service } का नाम है।
page-reason-blocklisted = यह उन पासवर्ड की सूची में है जिनकी अनुमति नहीं है।
page-reason-warning_row_of_keys = कीबोर्ड पर एक लाइन में लगे बटनों का अंदाज़ा लगाना आसान है।
page-reason-warning_keyboard_pattern = कीबोर्ड के छोटे पैटर्न का अंदाज़ा लगाना आसान है।
page-reason-warning_repeated_character = “aaa” जैसे दोहराए गए कैरेक्टर का अंदाज़ा लगाना आसान है।
page-reason-warning_repeated_pattern = “abcabc” जैसे दोहराए गए पैटर्न “abc” से ख़ास बेहतर नहीं होते।
page-reason-warning_top_10_password = यह सबसे ज़्यादा इस्तेमाल होने वाले दस पासवर्ड में से एक है।
page-reason-warning_top_100_password = यह सबसे ज़्यादा इस्तेमाल होने वाले सौ पासवर्ड में से एक है।
page-reason-warning_common_password = यह पासवर्ड बहुत इस्तेमाल होता है।
page-reason-warning_similar_to_common_password = यह बहुत इस्तेमाल होने वाले एक पासवर्ड से मिलता-जुलता है।
page-reason-warning_sequence = “abc” या “6543” जैसे क्रम का अंदाज़ा लगाना आसान है।
page-reason-warning_recent_year = हाल के सालों का अंदाज़ा लगाना आसान है।
page-reason-warning_single_word = सिर्फ़ एक शब्द का अंदाज़ा लगाना आसान है।
page-reason-warning_date = तारीख़ों का अंदाज़ा लगाना आसान है।
page-reason-warning_single_name = सिर्फ़ एक नाम का अंदाज़ा लगाना आसान है।
page-reason-warning_common_name = आम नामों का अंदाज़ा लगाना आसान है।
page-reason-use_a_few_uncommon_words = कुछ ऐसे शब्द चुनें जो अक्सर साथ नहीं आते।
page-reason-no_need_for_symbols_or_digits = चिह्न, अंक या कैपिटल अक्षर ज़रूरी नहीं हैं।
page-reason-add_another_word = एक-दो शब्द और जोड़ें। कम इस्तेमाल होने वाले शब्द सबसे अच्छे हैं।
page-reason-capitals_help_little = कैपिटल अक्षरों से ज़्यादा फ़ायदा नहीं होता।
page-reason-all_capitals_help_little = सभी अक्षर कैपिटल हों, तब भी अंदाज़ा लगाना उतना ही आसान है।
page-reason-reversed_words_help_little = शब्दों को उल्टा लिखने से ज़्यादा फ़ायदा नहीं होता।
page-reason-substitutions_help_little = “a” की जगह “@” जैसे बदलावों से ज़्यादा फ़ायदा नहीं होता।
page-reason-use_longer_keyboard_pattern = ज़्यादा लंबा और ज़्यादा मोड़ वाला पैटर्न चुनें।
page-reason-avoid_repetition = शब्द और कैरेक्टर न दोहराएँ।
page-reason-avoid_sequences = क्रम में आने वाले अक्षर या अंक न रखें।
page-reason-avoid_recent_years = हाल के साल न रखें।
page-reason-avoid_your_years = अपने से जुड़े साल न रखें।
page-reason-avoid_your_dates = अपने से जुड़ी तारीख़ें और साल न रखें।
page-reason-other = कोई दूसरा पासवर्ड चुनें।

page-done-heading = आपका पासवर्ड बदल दिया गया है
page-done-intro = नए पासवर्ड से { $service } में लॉग इन करें। आपने जहाँ-जहाँ लॉग इन किया था, वहाँ से आपको लॉग आउट कर दिया गया है।
page-done-mail = इस बदलाव की पुष्टि आपको ईमेल से मिल जाएगी।

page-elsewhere-heading = रीसेट दूसरे टैब में जारी है
page-elsewhere-intro = आप वहीं से आगे बढ़ें। यह टैब बंद किया जा सकता है।
page-elsewhere-done-heading = आपका पासवर्ड बदल दिया गया है
page-elsewhere-done-intro = आपने इसे दूसरे टैब में बदला है। यह टैब बंद किया जा सकता है।

page-over-new-code = नया कोड भेजें
page-over-start = फिर से शुरू करें
page-over-tries-heading = कोशिशों की सीमा पूरी हो गई है
page-over-tries-intro = आपकी सुरक्षा के लिए यह कोड अब काम नहीं करेगा। नया कोड मँगाएँ।
page-over-expired-heading = कोड की समय-सीमा ख़त्म हो गई है
page-over-expired-intro = कोड थोड़े समय के लिए ही मान्य रहता है। नया कोड मँगाएँ।
page-over-link-heading = यह लिंक अब काम नहीं करता
page-over-link-intro = इसका इस्तेमाल हो चुका है या इसकी समय-सीमा ख़त्म हो गई है। नया कोड मँगाएँ। सिर्फ़ सबसे नया ईमेल मान्य है।
page-over-lost-heading = कृपया नया कोड मँगाएँ
page-over-lost-intro = कोड की जाँच के दौरान कनेक्शन टूट गया, इसलिए हो सकता है कि यह कोड अब काम न करे। नए कोड से आप आगे बढ़ सकते हैं।
page-over-token-heading = पासवर्ड चुनने का समय ख़त्म हो गया है
page-over-token-intro = आपकी सुरक्षा के लिए रीसेट फिर से शुरू करना होगा।
page-over-maybe-heading = अपना नया पासवर्ड आज़माएँ
page-over-maybe-intro = पासवर्ड बदलते समय कनेक्शन टूट गया। पूरी संभावना है कि पासवर्ड बदल चुका है, इसलिए नए पासवर्ड से लॉग इन करके देखें। अगर लॉग इन न हो, तो फिर से शुरू करें।

page-wait-busy = सर्वर इस समय व्यस्त है। हम { $seconds } सेकंड में अपने-आप फिर से कोशिश करेंगे।
page-wait-unavailable = इस समय { $service } से कनेक्ट नहीं हो पा रहा है। हम { $seconds } सेकंड में अपने-आप फिर से कोशिश करेंगे।
page-wait-offline = इंटरनेट कनेक्शन नहीं है। कनेक्शन वापस आते ही हम आगे बढ़ेंगे।
page-wait-proof = { $service } पर इस समय साइबर हमला हो रहा है, इसलिए यह डिवाइस पहले एक छोटी गणना करेगा। इसमें कुछ सेकंड लगेंगे।
page-wait-now = अभी कोशिश करें
page-working = एक पल रुकें…

page-error-rate_limited = { $minutes ->
    [one] बहुत ज़्यादा बार कोशिश की गई है। { $minutes } मिनट बाद फिर से कोशिश करें।
   *[other] बहुत ज़्यादा बार कोशिश की गई है। { $minutes } मिनट बाद फिर से कोशिश करें।
}
page-error-rate_limited-soon = { $seconds ->
    [one] लगातार कई बार कोशिश की गई है। { $seconds } सेकंड बाद फिर से कोशिश करें।
   *[other] लगातार कई बार कोशिश की गई है। { $seconds } सेकंड बाद फिर से कोशिश करें।
}
page-error-invalid_request = आपकी दी हुई जानकारी पढ़ी नहीं जा सकी। कृपया उसे जाँच लें।
page-error-proof_required = { $service } पर इस समय साइबर हमला हो रहा है, और ज़रूरी जाँच पूरी नहीं हो सकी। बाद में फिर से कोशिश करें।
page-error-other = कुछ गड़बड़ी हो गई। पेज फिर से लोड करके दोबारा कोशिश करें।
page-error-unavailable = { $service } से जवाब नहीं मिला। थोड़ी देर बाद फिर से कोशिश करें।
