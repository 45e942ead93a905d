# 页面（page-）和邮件（mail-）的文本。$service 是应用的名称。

language-name = 简体中文

mail-code-subject = 忘记密码验证
mail-code-heading = 忘记密码验证
mail-code-intro = 我们收到了重置您的 { $service } 账号密码的请求。您的验证码为：
mail-code-minutes = 验证码在 { $minutes } 分钟内有效，且只能使用一次。
mail-code-link-intro = 您也可以打开下面的链接继续操作：
mail-code-button = 设置新密码
mail-code-ignore = 如果这不是您本人的操作，请忽略此邮件，您的密码不会有任何变化。请勿将验证码告诉任何人，包括自称是 { $service } 工作人员的人。

mail-changed-subject = 您的密码已修改
mail-changed-heading = 您的密码已修改
mail-changed-intro = 您的 { $service } 账号密码已于 { $when } 重置。
mail-changed-you = 如果这是您本人的操作，则无需处理。
mail-changed-not-you = 如果不是您本人操作，说明可能有人能够查看您的邮箱。请先确保邮箱安全，再重新重置密码，并联系 { $service } 的管理人员。

mail-footer = 此邮件由 { $service } 自动发送，请勿回复。
