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

mail-support = Yardıma mı ihtiyacınız var?
mail-footer = Bu e-posta { $service } tarafından otomatik olarak gönderildi. Yanıtlar okunmaz.
