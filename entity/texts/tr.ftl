language-name = Türkçe

mail-code-subject = Parolanızı sıfırlayın
mail-code-heading = Parolanızı sıfırlayın
mail-code-intro = { $service } hesabınızın parolasını sıfırlamak için bir istek aldık. Devam etmek için bu kodu girin:
mail-code-minutes = { $minutes ->
    [one] Kod yalnızca bir kez kullanılabilir ve bir dakika içinde geçerliliğini yitirir.
   *[other] Kod yalnızca bir kez kullanılabilir ve { $minutes } dakika içinde geçerliliğini yitirir.
}
mail-code-link-intro = Ya da bu bağlantıyı bu cihazda veya başka bir cihazda kullanın:
mail-code-button = Yeni parola belirle
mail-code-ignore = Bu isteği siz yapmadıysanız bu e-postayı yok sayabilirsiniz: parolanız olduğu gibi kalır. Kodu, { $service } için çalıştığını söyleyenler dahil hiç kimseyle paylaşmayın.

mail-changed-subject = Parolanız değiştirildi
mail-changed-heading = Parolanız değiştirildi
mail-changed-intro = { $service } hesabınızın parolası { $when } tarihinde değiştirildi.
mail-changed-you = Bunu siz yaptıysanız başka bir şey yapmanız gerekmez.
mail-changed-not-you = Siz yapmadıysanız başka biri e-postalarınızı okuyabiliyor olabilir. Önce posta kutunuzu güvenceye alın, ardından parolanızı yeniden sıfırlayın ve { $service } ekibine haber verin.

mail-factor-subject = Parolanız sıfırlanmadı
mail-factor-heading = Parolanız sıfırlanmadı
mail-factor-intro = { $service } hesabınızın parolasını sıfırlamak için bir istek aldık.
mail-factor-why = Bu hesap, girişte bir uygulamadaki kod gibi ikinci bir adım istiyor. Bu nedenle parolası e-postayla sıfırlanmaz.
mail-factor-ask = Bu isteği siz yaptıysanız buradan yardım isteyin:
mail-factor-ignore = Bu isteği siz yapmadıysanız bu e-postayı yok sayabilirsiniz: parolanız olduğu gibi kalır.

mail-support = Yardıma mı ihtiyacınız var?
mail-footer = Bu e-posta { $service } tarafından otomatik olarak gönderildi. Yanıtlar okunmaz.

page-language = Dil
page-support = Yardıma mı ihtiyacınız var? { $service } ekibine yazın
page-support-link = { $service } desteği
page-back = { $service } uygulamasına dön
page-broken = Bu sayfada bir sorun oluştu. Devam etmek için sayfayı yenileyin.
page-reload = Sayfayı yenile

page-address-heading = Parolanızı sıfırlayın
page-address-intro = { $service } hesabınızın e-posta adresini girin. Size yeni bir parola belirlemeniz için bir kod göndereceğiz.
page-address-label = E-posta adresi
page-address-button = Kodu gönder
page-address-empty = E-posta adresinizi girin.
page-address-invalid = Bu bir e-posta adresine benzemiyor. Adres ad@example.com biçiminde olmalı.
page-address-letters = Burada @ işaretinden önce yalnızca İngiliz alfabesindeki harfler, rakamlar ve yaygın işaretler kullanılabilir.
page-address-reloaded = Sayfa yeniden yüklendi ve güvenliğiniz için hiçbir bilgi saklanmadı. Devam etmek için yeni bir kod isteyin.
page-address-resume = { $address } adresine gönderilen kodu girin

page-code-heading = E-postanızı kontrol edin
page-code-intro = { $address } adresine ait bir hesap varsa kodu içeren bir e-posta yolda. Kodu girin ya da e-postadaki bağlantıyı açın.
page-code-intro-link = E-postadaki kodu girin ya da içindeki bağlantıyı yeniden açın.
page-code-label = E-postadaki kod
page-code-hint-base32 = 8 harf ve rakam. Tireler, boşluklar ve büyük-küçük harf fark etmez.
page-code-hint-digits = { $length } rakam.
page-code-until = Kod şu saate kadar geçerli: { $time }
page-code-button = Devam et
page-code-empty = E-postadaki kodu girin.
page-code-length = Kod { $length } karakterden oluşuyor; siz { $count } karakter girdiniz.
page-code-rejected = Bu kod doğru değil. En son gelen e-postaya bakıp kodu yeniden girin.
page-code-rejected-last = Bu kod doğru değil. Bir deneme hakkınız kaldı.
page-code-resend = E-postayı yeniden gönder
page-code-resend-in = { $seconds ->
    [one] E-postayı bir saniye sonra yeniden gönderebilirsiniz.
   *[other] E-postayı { $seconds } saniye sonra yeniden gönderebilirsiniz.
}
page-code-resent = E-posta aynı kodla yeniden yola çıktı.
page-code-sent-already = Az önce bir e-posta gönderildi, bu yüzden henüz yenisini göndermedik.
page-code-no-more = E-posta bir kez daha gönderilemiyor. Hiç gelmezse bir süre sonra baştan başlayın.
page-code-change = Başka bir adres kullan
page-code-help = E-posta gelmedi mi?
page-code-help-wait = Gelmesi birkaç dakika sürebilir.
page-code-help-spam = Spam veya gereksiz e-posta klasörüne bakın.
page-code-help-address = Adresin doğru olduğunu kontrol edin: { $address }
page-code-help-account = E-posta yalnızca adres bir hesaba aitse gönderilir. Hesabınız başka bir adresinize kayıtlı olabilir.

page-link-heading = Yeni parola belirleyin
page-link-intro = E-postamızdaki bağlantıyı açtınız. { $service } hesabınız için yeni bir parola belirlemek üzere devam edin.
page-link-not-you = Bu isteği siz yapmadıysanız sayfayı kapatın. Hiçbir şey değişmez.
page-link-button = Devam et

page-password-heading = Yeni parola belirleyin
page-password-intro = Başka hiçbir yerde kullanmadığınız bir parola seçin. Art arda yazılan birkaç kelimeyi hatırlamak kolay, tahmin etmek zordur.
page-password-label = Yeni parola
page-password-length = En az { $length } karakter.
page-password-show = Parolayı göster
page-password-hide = Parolayı gizle
page-password-suggest = Parola öner
page-password-suggested = Kelimelerden oluşan bir parola yazıldı ve şu anda görünüyor. Not edin ya da tarayıcınıza kaydedin.
page-password-button = Parolayı değiştir
page-password-empty = Yeni bir parola girin.
page-password-rejected = Bu parola kabul edilmedi.
page-password-more = { $count ->
    [one] Bir karakter daha gerekiyor.
   *[other] { $count } karakter daha gerekiyor.
}
page-password-account = Hesap

page-factor-needed = Hesabınız, girişte bir uygulamadaki kod gibi ikinci bir adım istiyor. Bu adımı { $service } üzerinde tamamlayın, ardından yeni parolayı burada belirleyin.
page-factor-button = İkinci adıma geç
page-factor-tab = Yeni bir sekmede açılır. Bu sekmeyi açık bırakın.
page-factor-done = İkinci adım tamamlandı. Şimdi yeni parolayı belirleyin.
page-factor-ask = Hesabınız girişte ikinci bir adım istediği için parolası burada değiştirilemez. Yardım isteyin.

page-strength = Güç
page-strength-0 = Tahmin etmesi çok kolay
page-strength-1 = Tahmin etmesi kolay
page-strength-2 = Tahmin edilebilir
page-strength-3 = Güçlü görünüyor
page-strength-4 = Çok güçlü görünüyor

page-reason-too_short = Çok kısa: en az { $length } karakter gerekiyor.
page-reason-too_long = Çok uzun: en fazla 256 karakter olabilir.
page-reason-too_guessable = Tahmin edilebilir.
page-reason-contains_context = Adresinizi veya { $service } adını içeriyor.
page-reason-blocklisted = İzin verilmeyen parolalar listesinde yer alıyor.
page-reason-warning_row_of_keys = Klavyede yan yana duran tuşları tahmin etmek kolaydır.
page-reason-warning_keyboard_pattern = Klavyedeki kısa desenleri tahmin etmek kolaydır.
page-reason-warning_repeated_character = “aaa” gibi tekrarlanan karakterleri tahmin etmek kolaydır.
page-reason-warning_repeated_pattern = “abcabc” gibi tekrarlar neredeyse “abc” kadar zayıftır.
page-reason-warning_top_10_password = Bu, en çok kullanılan on paroladan biri.
page-reason-warning_top_100_password = Bu, en çok kullanılan yüz paroladan biri.
page-reason-warning_common_password = Bu parola çok kullanılıyor.
page-reason-warning_similar_to_common_password = Çok kullanılan bir parolaya benziyor.
page-reason-warning_sequence = “abc” veya “6543” gibi dizileri tahmin etmek kolaydır.
page-reason-warning_recent_year = Yakın geçmişteki yılları tahmin etmek kolaydır.
page-reason-warning_single_word = Tek bir kelimeyi tahmin etmek kolaydır.
page-reason-warning_date = Tarihleri tahmin etmek kolaydır.
page-reason-warning_single_name = Tek bir adı tahmin etmek kolaydır.
page-reason-warning_common_name = Yaygın adları tahmin etmek kolaydır.
page-reason-use_a_few_uncommon_words = Pek bir arada kullanılmayan birkaç kelime seçin.
page-reason-no_need_for_symbols_or_digits = Sembol, rakam veya büyük harf gerekmez.
page-reason-add_another_word = Bir iki kelime daha ekleyin; alışılmadık olanlar en iyisidir.
page-reason-capitals_help_little = Büyük harflerin pek faydası olmaz.
page-reason-all_capitals_help_little = Yalnızca büyük harf kullanmak, yalnızca küçük harf kullanmaktan daha güvenli değildir.
page-reason-reversed_words_help_little = Tersten yazılan kelimelerin pek faydası olmaz.
page-reason-substitutions_help_little = “a” yerine “@” yazmanın pek faydası olmaz.
page-reason-use_longer_keyboard_pattern = Daha uzun ve yönü daha sık değişen bir desen kullanın.
page-reason-avoid_repetition = Kelimeleri ve karakterleri tekrarlamayın.
page-reason-avoid_sequences = Ardışık harf veya rakam kullanmayın.
page-reason-avoid_recent_years = Yakın geçmişteki yılları kullanmayın.
page-reason-avoid_your_years = Sizinle ilgili yılları kullanmayın.
page-reason-avoid_your_dates = Sizinle ilgili tarih ve yılları kullanmayın.
page-reason-other = Başka bir parola seçin.

page-done-heading = Parolanız değiştirildi
page-done-intro = { $service } hesabınıza yeni parolanızla giriş yapın. Açık olan tüm oturumlarınız kapatıldı.
page-done-mail = Değişikliği bildiren bir e-posta alacaksınız.

page-elsewhere-heading = Başka bir sekmede devam ettiniz
page-elsewhere-intro = Sıfırlama orada sürüyor. Bu sekmeyi kapatabilirsiniz.
page-elsewhere-done-heading = Parolanız değiştirildi
page-elsewhere-done-intro = Parolanızı başka bir sekmede değiştirdiniz. Bu sekmeyi kapatabilirsiniz.

page-over-new-code = Yeni kod gönder
page-over-start = Baştan başla
page-over-tries-heading = Deneme hakkınız doldu
page-over-tries-intro = Güvenliğiniz için bu kod artık geçerli değil. Yeni bir kod isteyin.
page-over-expired-heading = Kodun süresi doldu
page-over-expired-intro = Kodlar yalnızca kısa bir süre geçerlidir. Yeni bir kod isteyin.
page-over-link-heading = Bu bağlantı artık geçerli değil
page-over-link-intro = Bağlantı daha önce kullanılmış ya da süresi dolmuş. Yeni bir kod isteyin; yalnızca en son e-posta geçerlidir.
page-over-lost-heading = Lütfen yeni bir kod isteyin
page-over-lost-intro = Kodunuz kontrol edilirken bağlantı koptu, bu yüzden kod kullanılmış sayılabilir. Yeni bir kodla devam edebilirsiniz.
page-over-token-heading = Parola belirleme süresi doldu
page-over-token-intro = Güvenliğiniz için sıfırlamaya baştan başlamanız gerekiyor.
page-over-maybe-heading = Yeni parolanızı deneyin
page-over-maybe-intro = Parolanız değiştirilirken bağlantı koptu. Büyük olasılıkla değişti: yeni parolayla giriş yapmayı deneyin. Olmazsa baştan başlayın.

page-wait-busy = Şu anda yoğunluk var. { $seconds } sn sonra kendiliğinden yeniden deneyeceğiz.
page-wait-unavailable = { $service } hizmetine şu anda ulaşılamıyor. { $seconds } sn sonra kendiliğinden yeniden deneyeceğiz.
page-wait-offline = Bağlantı yok. Bağlantı gelir gelmez devam edeceğiz.
page-wait-proof = { $service } şu anda saldırı altında, bu yüzden bu cihazın önce kısa bir hesaplama yapması gerekiyor. Birkaç saniye sürer.
page-wait-now = Şimdi dene
page-working = Bir saniye…

page-error-rate_limited = { $minutes ->
    [one] Çok fazla deneme yapıldı. Bir dakika sonra yeniden deneyin.
   *[other] Çok fazla deneme yapıldı. { $minutes } dakika sonra yeniden deneyin.
}
page-error-rate_limited-soon = { $seconds ->
    [one] Art arda çok fazla deneme yapıldı. Bir saniye sonra yeniden deneyin.
   *[other] Art arda çok fazla deneme yapıldı. { $seconds } saniye sonra yeniden deneyin.
}
page-error-invalid_request = Girdiğiniz bilgi okunamadı. Lütfen kontrol edin.
page-error-proof_required = { $service } şu anda saldırı altında ve istenen doğrulama başarılı olmadı. Daha sonra yeniden deneyin.
page-error-other = Bir sorun oluştu. Sayfayı yenileyip yeniden deneyin.
page-error-unavailable = { $service } yanıt vermedi. Bir süre sonra yeniden deneyin.
