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

mail-support = 需要帮助？
mail-footer = 此邮件由 { $service } 自动发送，请勿回复。
