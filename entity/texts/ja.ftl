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

mail-factor-subject = パスワードは再設定されていません
mail-factor-heading = パスワードは再設定されていません
mail-factor-intro = { $service } アカウントのパスワード再設定のリクエストを受け付けました。
mail-factor-why = このアカウントは、ログイン時にアプリのコードなどによる第 2 の確認を求めます。そのため、メールではパスワードを再設定できません。
mail-factor-ask = ご本人の場合は、こちらにお問い合わせください。
mail-factor-ignore = お心当たりがない場合は、このメールを無視してください。パスワードは変更されません。

mail-support = お問い合わせ:
mail-footer = このメールは { $service } から自動送信されています。返信いただいてもお読みできません。

page-language = 言語
page-support = お困りの場合は { $service } にお問い合わせください
page-support-link = { $service } のヘルプ
page-back = { $service } に戻る
page-broken = ページで問題が発生しました。続けるには、再読み込みしてください。
page-reload = ページを再読み込み

page-address-heading = パスワードの再設定
page-address-intro = { $service } アカウントのメールアドレスを入力してください。新しいパスワードを設定するためのコードをお送りします。
page-address-label = メールアドレス
page-address-button = コードを送信
page-address-empty = メールアドレスを入力してください。
page-address-invalid = メールアドレスの形式が正しくないようです。name@example.com のような形式で入力してください。
page-address-letters = @ より前の部分に使えるのは、半角の英数字と一般的な記号のみです。
page-address-reloaded = ページが再読み込みされました。安全のため、途中までの再設定の内容は保存されていません。続けるには、新しいコードを取得してください。
page-address-resume = { $address } に送られたコードを入力する

page-code-heading = メールをご確認ください
page-code-intro = { $address } のアカウントがある場合は、まもなくコードを記載したメールが届きます。コードを入力するか、メール内のリンクを開いてください。
page-code-intro-link = メールに記載のコードを入力するか、メール内のリンクをもう一度開いてください。
page-code-label = メールに記載のコード
page-code-hint-base32 = 英数字 8 文字です。大文字と小文字は区別されません。ハイフンやスペースは省略できます。
page-code-hint-digits = 数字 { $length } 桁です。
page-code-until = コードの有効期限は { $time } です。
page-code-button = 続ける
page-code-empty = メールに記載のコードを入力してください。
page-code-length = コードは { $length } 文字ですが、{ $count } 文字が入力されています。
page-code-rejected = コードが正しくありません。最新のメールを確認して、もう一度入力してください。
page-code-rejected-last = コードが正しくありません。入力できるのはあと 1 回です。
page-code-resend = メールを再送信
page-code-resend-in = { $seconds } 秒後にメールを再送信できます。
page-code-resent = 同じコードを記載したメールを再送信しました。
page-code-sent-already = 先ほどメールをお送りしたばかりのため、今回は再送信していません。
page-code-no-more = メールはこれ以上再送信できません。届かない場合は、しばらくしてから最初からやり直してください。
page-code-change = 別のメールアドレスを使う
page-code-help = メールが届きませんか？
page-code-help-wait = 届くまでに数分かかることがあります。
page-code-help-spam = 迷惑メールフォルダをご確認ください。
page-code-help-address = メールアドレスに間違いがないかご確認ください：{ $address }
page-code-help-account = メールが届くのは、アカウントに登録されているメールアドレスのみです。別のメールアドレスで登録されている可能性もあります。

page-link-heading = 新しいパスワードの設定
page-link-intro = メール内のリンクからアクセスされました。このまま続けて、{ $service } アカウントの新しいパスワードを設定してください。
page-link-not-you = お心当たりがない場合は、このページを閉じてください。何も変更されません。
page-link-button = 続ける

page-password-heading = 新しいパスワードの設定
page-password-intro = ほかでは使っていないパスワードを設定してください。いくつかの単語を並べると、覚えやすく、推測されにくくなります。
page-password-label = 新しいパスワード
page-password-length = { $length } 文字以上で入力してください。
page-password-show = パスワードを表示
page-password-hide = パスワードを非表示
page-password-suggest = パスフレーズを提案
page-password-suggested = パスフレーズを入力し、表示しています。書き留めるか、ブラウザに保存してください。
page-password-button = パスワードを変更
page-password-empty = 新しいパスワードを入力してください。
page-password-rejected = このパスワードはご利用いただけません。
page-password-more = あと { $count } 文字必要です。
page-password-account = アカウント

page-factor-needed = このアカウントは、ログイン時にアプリのコードなどによる第 2 の確認を求めます。{ $service } でその確認を済ませてから、ここで新しいパスワードを設定してください。
page-factor-button = 第 2 の確認へ進む
page-factor-tab = 新しいタブで開きます。このタブは開いたままにしてください。
page-factor-done = 第 2 の確認が済みました。新しいパスワードを設定してください。
page-factor-ask = このアカウントは、ログイン時に第 2 の確認を求めるため、ここではパスワードを変更できません。お問い合わせください。

page-strength = パスワードの強度
page-strength-0 = 非常に推測されやすい
page-strength-1 = 推測されやすい
page-strength-2 = 推測される可能性あり
page-strength-3 = おそらく強力
page-strength-4 = おそらく非常に強力

page-reason-too_short = 短すぎます。{ $length } 文字以上にしてください。
page-reason-too_long = 長すぎます。256 文字以内にしてください。
page-reason-too_guessable = 推測される可能性があります。
page-reason-contains_context = メールアドレスまたは { $service } の名称が含まれています。
page-reason-blocklisted = 使用できないパスワードのリストに含まれています。
page-reason-warning_row_of_keys = キーボードで一列に並んだキーは簡単に推測されます。
page-reason-warning_keyboard_pattern = キーボード上の短いパターンは簡単に推測されます。
page-reason-warning_repeated_character = 「aaa」のような同じ文字の繰り返しは簡単に推測されます。
page-reason-warning_repeated_pattern = 「abcabc」のような繰り返しは、「abc」と強さがほとんど変わりません。
page-reason-warning_top_10_password = 最もよく使われているパスワードの上位 10 位に入っています。
page-reason-warning_top_100_password = 最もよく使われているパスワードの上位 100 位に入っています。
page-reason-warning_common_password = よく使われているパスワードです。
page-reason-warning_similar_to_common_password = よく使われているパスワードに似ています。
page-reason-warning_sequence = 「abc」や「6543」のような連続した文字は簡単に推測されます。
page-reason-warning_recent_year = 近年の西暦は簡単に推測されます。
page-reason-warning_single_word = 1 つの単語だけでは簡単に推測されます。
page-reason-warning_date = 日付は簡単に推測されます。
page-reason-warning_single_name = 1 つの名前だけでは簡単に推測されます。
page-reason-warning_common_name = よくある名前は簡単に推測されます。
page-reason-use_a_few_uncommon_words = 普段あまり一緒に使われない単語をいくつか組み合わせてください。
page-reason-no_need_for_symbols_or_digits = 記号、数字、大文字は使わなくてもかまいません。
page-reason-add_another_word = 単語をもう 1～2 個加えてください。珍しい単語ほど効果的です。
page-reason-capitals_help_little = 大文字を使っても、あまり効果はありません。
page-reason-all_capitals_help_little = すべて大文字にしても、推測されやすさは変わりません。
page-reason-reversed_words_help_little = 単語を逆から綴っても、あまり効果はありません。
page-reason-substitutions_help_little = 「a」を「@」にするような置き換えは、あまり効果がありません。
page-reason-use_longer_keyboard_pattern = より長く、途中で何度も向きが変わるパターンにしてください。
page-reason-avoid_repetition = 同じ単語や文字の繰り返しは避けてください。
page-reason-avoid_sequences = 連続した文字は避けてください。
page-reason-avoid_recent_years = 近年の西暦は避けてください。
page-reason-avoid_your_years = ご自身に関係のある年は避けてください。
page-reason-avoid_your_dates = ご自身に関係のある日付や年は避けてください。
page-reason-other = 別のパスワードにしてください。

page-done-heading = パスワードが変更されました
page-done-intro = 新しいパスワードで { $service } にログインしてください。これまでにログインしていた端末からは、すべてログアウトされました。
page-done-mail = 変更の完了をメールでもお知らせします。

page-elsewhere-heading = 別のタブで手続きが進んでいます
page-elsewhere-intro = 再設定はそちらのタブでお続けください。このタブは閉じてかまいません。
page-elsewhere-done-heading = パスワードが変更されました
page-elsewhere-done-intro = 別のタブで変更が完了しました。このタブは閉じてかまいません。

page-over-new-code = 新しいコードを送信
page-over-start = 最初からやり直す
page-over-tries-heading = 入力回数の上限に達しました
page-over-tries-intro = 安全のため、このコードは使用できなくなりました。新しいコードを取得してください。
page-over-expired-heading = コードの有効期限が切れました
page-over-expired-intro = コードの有効期間は短く設定されています。新しいコードを取得してください。
page-over-link-heading = このリンクは無効になりました
page-over-link-intro = すでに使用されたか、有効期限が切れています。新しいコードを取得してください。有効なのは最新のメールのみです。
page-over-lost-heading = 新しいコードを取得してください
page-over-lost-intro = コードの確認中に接続が切れたため、コードが使用済みになっている可能性があります。新しいコードを取得すると続けられます。
page-over-token-heading = パスワードの設定期限が過ぎました
page-over-token-intro = 安全のため、再設定を最初からやり直してください。
page-over-maybe-heading = 新しいパスワードをお試しください
page-over-maybe-intro = パスワードの変更中に接続が切れました。変更は完了している可能性が高いため、まず新しいパスワードでログインしてみてください。ログインできない場合は、最初からやり直してください。

page-wait-busy = ただいま混み合っています。{ $seconds } 秒後に自動で再試行します。
page-wait-unavailable = 現在、{ $service } に接続できません。{ $seconds } 秒後に自動で再試行します。
page-wait-offline = インターネットに接続されていません。接続が回復すると、自動で続行します。
page-wait-proof = 現在 { $service } が攻撃を受けているため、先にこの端末で短い計算を行います。数秒かかります。
page-wait-now = 今すぐ再試行
page-working = お待ちください…

page-error-rate_limited = 試行回数が多すぎます。{ $minutes } 分後にもう一度お試しください。
page-error-rate_limited-soon = 短時間に何度も試行されました。{ $seconds } 秒後にもう一度お試しください。
page-error-invalid_request = 送信された内容を読み取れませんでした。入力内容をご確認ください。
page-error-proof_required = 現在 { $service } が攻撃を受けており、必要な確認を完了できませんでした。しばらくしてからもう一度お試しください。
page-error-other = 問題が発生しました。ページを再読み込みして、もう一度お試しください。
page-error-unavailable = { $service } から応答がありません。しばらくしてからもう一度お試しください。
