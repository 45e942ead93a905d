language-name = 日本語

mail-code-subject = パスワードの再設定
mail-code-heading = パスワードの再設定
mail-code-intro = { $service } アカウントのパスワード再設定のリクエストを受け付けました。続けるには、次のコードを入力してください。
mail-code-minutes = コードの有効期間は { $minutes } 分間で、1 回のみご利用いただけます。
mail-code-link-intro = 次のリンクからお進みいただくこともできます。別の端末でもご利用いただけます。
mail-code-button = 新しいパスワードを設定
mail-code-ignore = お心当たりがない場合は、このメールを無視してください。パスワードは変更されません。コードは、{ $service } の担当者を名乗る人を含め、誰にも教えないでください。

mail-changed-subject = パスワードが変更されました
mail-changed-heading = パスワードが変更されました
mail-changed-intro = { $service } アカウントのパスワードが { $when } に変更されました。
mail-changed-you = ご自身で変更された場合は、何もする必要はありません。
mail-changed-not-you = お心当たりがない場合は、他の人にメールを読まれているおそれがあります。まずメールアカウントの安全を確保し、もう一度パスワードを再設定してから、{ $service } の担当者にお知らせください。

mail-support = お問い合わせ:
mail-footer = このメールは { $service } から自動送信されています。返信いただいてもお読みできません。
