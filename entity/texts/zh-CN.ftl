language-name = 简体中文

mail-code-subject = 忘记密码验证
mail-code-heading = 忘记密码验证
mail-code-intro = 我们收到了重置您的 { $service } 账号密码的请求。您的验证码为：
mail-code-minutes = 验证码在 { $minutes } 分钟内有效，且只能使用一次。
mail-code-link-intro = 您也可以打开下面的链接继续操作，换一台设备也可以：
mail-code-button = 设置新密码
mail-code-ignore = 如果这不是您本人的操作，请忽略此邮件，您的密码不会有任何变化。请勿将验证码告诉任何人，包括自称是 { $service } 工作人员的人。

mail-changed-subject = 您的密码已修改
mail-changed-heading = 您的密码已修改
mail-changed-intro = 您的 { $service } 账号密码已于 { $when } 修改。
mail-changed-you = 如果这是您本人的操作，则无需处理。
mail-changed-not-you = 如果这不是您本人的操作，可能有其他人能够查看您的邮箱。请先确保邮箱安全，然后再次重置密码，并告知 { $service } 的工作人员。

mail-factor-subject = 您的密码未重置
mail-factor-heading = 您的密码未重置
mail-factor-intro = 我们收到了重置您的 { $service } 账号密码的请求。
mail-factor-why = 此账号登录时需要第二步验证，例如应用中的验证码，因此不能通过邮件重置密码。
mail-factor-ask = 如果是您本人的操作，请通过以下方式寻求帮助：
mail-factor-ignore = 如果这不是您本人的操作，请忽略此邮件，您的密码不会有任何变化。

mail-support = 需要帮助？
mail-footer = 此邮件由 { $service } 自动发送，请勿回复。

page-language = 语言
page-support = 需要帮助？联系 { $service }
page-support-link = 获取 { $service } 的帮助
page-back = 返回 { $service }
page-broken = 页面出了点问题，请重新加载后继续。
page-reload = 重新加载

page-address-heading = 重置密码
page-address-intro = 请输入您的 { $service } 账号的邮箱地址，我们会发送验证码，供您设置新密码。
page-address-label = 邮箱地址
page-address-button = 发送验证码
page-address-empty = 请输入您的邮箱地址。
page-address-invalid = 邮箱地址的格式似乎不正确，应类似 name@example.com。
page-address-letters = 邮箱地址中 @ 前面的部分只能使用英文字母、数字和常用符号。
page-address-reloaded = 页面已重新加载。为了您的账号安全，之前的重置进度没有保留，请重新获取验证码。
page-address-resume = 输入发送到 { $address } 的验证码

page-code-heading = 请查收邮件
page-code-intro = 如果 { $address } 已注册账号，您很快会收到验证码邮件。请输入验证码，或打开邮件中的链接。
page-code-intro-link = 请输入邮件中的验证码，或再次打开邮件中的链接。
page-code-label = 邮件中的验证码
page-code-hint-base32 = 8 位字母和数字，不区分大小写，短横线和空格可有可无。
page-code-hint-digits = { $length } 位数字。
page-code-until = 验证码有效期至 { $time }。
page-code-button = 继续
page-code-empty = 请输入邮件中的验证码。
page-code-length = 验证码为 { $length } 位，您输入了 { $count } 位。
page-code-rejected = 验证码不正确，请查看最新的邮件并重新输入。
page-code-rejected-last = 验证码不正确，您还可以再试一次。
page-code-resend = 重新发送邮件
page-code-resend-in = { $seconds } 秒后可重新发送邮件。
page-code-resent = 邮件已重新发送，验证码不变。
page-code-sent-already = 刚刚已发送过邮件，因此暂未重新发送。
page-code-no-more = 邮件无法再次发送。如果一直没有收到，请过一会儿重新开始。
page-code-change = 使用其他邮箱
page-code-help = 没有收到邮件？
page-code-help-wait = 邮件可能需要几分钟才能送达。
page-code-help-spam = 请查看垃圾邮件文件夹。
page-code-help-address = 请确认邮箱地址是否正确：{ $address }
page-code-help-account = 只有已注册账号的邮箱才会收到邮件，您注册时使用的可能是其他邮箱。

page-link-heading = 设置新密码
page-link-intro = 您打开了我们邮件中的链接。继续操作，即可为您的 { $service } 账号设置新密码。
page-link-not-you = 如果这不是您本人的操作，请关闭此页面，您的账号不会有任何变化。
page-link-button = 继续

page-password-heading = 设置新密码
page-password-intro = 请不要使用您在别处用过的密码。把几个词连在一起，好记又难猜。
page-password-label = 新密码
page-password-length = 至少 { $length } 个字符。
page-password-show = 显示密码
page-password-hide = 隐藏密码
page-password-suggest = 推荐密码短语
page-password-suggested = 已为您填入并显示一个密码短语。请记下来，或让浏览器保存。
page-password-button = 修改密码
page-password-empty = 请输入新密码。
page-password-rejected = 此密码无法使用。
page-password-more = 还需要 { $count } 个字符。
page-password-account = 账号

page-factor-needed = 您的账号登录时需要第二步验证，例如应用中的验证码。请先在 { $service } 完成这一步，然后在此设置新密码。
page-factor-button = 完成第二步验证
page-factor-tab = 它会在新标签页中打开，请不要关闭此标签页。
page-factor-done = 第二步验证已完成，现在请设置新密码。
page-factor-ask = 您的账号登录时需要第二步验证，因此无法在此修改密码。请寻求帮助。

page-strength = 密码强度
page-strength-0 = 非常容易被猜到
page-strength-1 = 容易被猜到
page-strength-2 = 有可能被猜到
page-strength-3 = 看起来较强
page-strength-4 = 看起来很强

page-reason-too_short = 密码太短，至少需要 { $length } 个字符。
page-reason-too_long = 密码太长，最多 256 个字符。
page-reason-too_guessable = 此密码有可能被猜到。
page-reason-contains_context = 密码中包含您的邮箱地址或 { $service } 的名称。
page-reason-blocklisted = 此密码在禁用密码列表中。
page-reason-warning_row_of_keys = 键盘上同一排的连续按键容易被猜到。
page-reason-warning_keyboard_pattern = 键盘上简短的按键轨迹容易被猜到。
page-reason-warning_repeated_character = “aaa”这样的重复字符容易被猜到。
page-reason-warning_repeated_pattern = “abcabc”这样的重复组合，并不比“abc”难猜多少。
page-reason-warning_top_10_password = 这是最常用的十个密码之一。
page-reason-warning_top_100_password = 这是最常用的一百个密码之一。
page-reason-warning_common_password = 这是一个很常见的密码。
page-reason-warning_similar_to_common_password = 此密码与某个常见密码很相似。
page-reason-warning_sequence = “abc”或“6543”这样的连续字符容易被猜到。
page-reason-warning_recent_year = 最近几年的年份容易被猜到。
page-reason-warning_single_word = 单个词语容易被猜到。
page-reason-warning_date = 日期容易被猜到。
page-reason-warning_single_name = 单个人名容易被猜到。
page-reason-warning_common_name = 常见的人名容易被猜到。
page-reason-use_a_few_uncommon_words = 请使用几个不常连在一起的词。
page-reason-no_need_for_symbols_or_digits = 不必使用符号、数字或大写字母。
page-reason-add_another_word = 再加一两个词，越不常见越好。
page-reason-capitals_help_little = 使用大写字母作用不大。
page-reason-all_capitals_help_little = 全部大写与全部小写一样容易被猜到。
page-reason-reversed_words_help_little = 把单词倒过来写作用不大。
page-reason-substitutions_help_little = 用“@”代替“a”之类的替换作用不大。
page-reason-use_longer_keyboard_pattern = 请使用更长、转折更多的按键轨迹。
page-reason-avoid_repetition = 请避免重复的词语和字符。
page-reason-avoid_sequences = 请避免连续的字符。
page-reason-avoid_recent_years = 请避免最近几年的年份。
page-reason-avoid_your_years = 请避免与您有关的年份。
page-reason-avoid_your_dates = 请避免与您有关的日期和年份。
page-reason-other = 请换一个密码。

page-done-heading = 您的密码已修改
page-done-intro = 请使用新密码登录 { $service }。您之前在各处的登录均已退出。
page-done-mail = 您会收到一封密码修改通知邮件。

page-elsewhere-heading = 您已在另一个标签页中继续
page-elsewhere-intro = 请在那个标签页中完成重置，此标签页可以关闭。
page-elsewhere-done-heading = 您的密码已修改
page-elsewhere-done-intro = 您已在另一个标签页中完成修改，此标签页可以关闭。

page-over-new-code = 发送新验证码
page-over-start = 重新开始
page-over-tries-heading = 尝试次数过多
page-over-tries-intro = 为了您的账号安全，此验证码已失效，请获取新的验证码。
page-over-expired-heading = 验证码已过期
page-over-expired-intro = 验证码仅在短时间内有效，请获取新的验证码。
page-over-link-heading = 此链接已失效
page-over-link-intro = 链接已被使用或已过期。请获取新的验证码，并以最新的邮件为准。
page-over-lost-heading = 请获取新的验证码
page-over-lost-intro = 核对验证码时连接中断，该验证码可能已失效。获取新的验证码即可继续。
page-over-token-heading = 设置密码已超时
page-over-token-intro = 为了您的账号安全，请重新开始重置。
page-over-maybe-heading = 请尝试使用新密码登录
page-over-maybe-intro = 修改密码时连接中断。密码很可能已修改成功，请先用新密码登录试试；如果无法登录，请重新开始。

page-wait-busy = 当前访问人数较多，{ $seconds } 秒后将自动重试。
page-wait-unavailable = 暂时无法连接 { $service }，{ $seconds } 秒后将自动重试。
page-wait-offline = 网络连接已断开，恢复后将自动继续。
page-wait-proof = { $service } 正在遭受攻击，此设备需要先进行一次简短的计算，大约需要几秒钟。
page-wait-now = 立即重试
page-working = 请稍候…

page-error-rate_limited = 尝试次数过多，请在 { $minutes } 分钟后重试。
page-error-rate_limited-soon = 操作过于频繁，请在 { $seconds } 秒后重试。
page-error-invalid_request = 无法识别提交的内容，请检查您的输入。
page-error-proof_required = { $service } 正在遭受攻击，所需的验证未能完成，请稍后再试。
page-error-other = 出了点问题，请重新加载页面后再试。
page-error-unavailable = { $service } 没有响应，请稍后再试。
