language-name = 한국어

mail-code-subject = 비밀번호 재설정
mail-code-heading = 비밀번호 재설정
mail-code-intro = { $service } 계정의 비밀번호를 재설정해 달라는 요청을 받았습니다. 계속하려면 다음 코드를 입력해 주세요.
mail-code-minutes = 이 코드는 { $minutes }분 동안 한 번만 사용할 수 있습니다.
mail-code-link-intro = 다음 링크로도 계속할 수 있습니다. 다른 기기에서 열어도 됩니다.
mail-code-button = 새 비밀번호 설정
mail-code-ignore = 직접 요청하지 않으셨다면 이 메일을 무시하셔도 됩니다. 비밀번호는 그대로 유지됩니다. { $service } 직원이라고 말하는 사람을 포함해 누구에게도 코드를 알려 주지 마세요.

mail-changed-subject = 비밀번호가 변경되었습니다
mail-changed-heading = 비밀번호가 변경되었습니다
mail-changed-intro = { $service } 계정의 비밀번호가 { $when }에 변경되었습니다.
mail-changed-you = 본인이 변경하셨다면 더 하실 일은 없습니다.
mail-changed-not-you = 본인이 변경하지 않으셨다면 다른 사람이 메일을 읽고 있을 수 있습니다. 먼저 메일 계정을 안전하게 보호한 다음, 비밀번호를 다시 재설정하고 { $service } 담당자에게 알려 주세요.

mail-support = 도움이 필요하신가요?
mail-footer = 이 메일은 { $service }에서 자동으로 보냈습니다. 회신은 확인하지 않습니다.
