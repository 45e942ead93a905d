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

mail-factor-subject = 비밀번호가 재설정되지 않았습니다
mail-factor-heading = 비밀번호가 재설정되지 않았습니다
mail-factor-intro = { $service } 계정의 비밀번호를 재설정해 달라는 요청을 받았습니다.
mail-factor-why = 이 계정은 로그인할 때 앱의 코드와 같은 두 번째 단계를 거칩니다. 그래서 메일로는 비밀번호를 재설정하지 않습니다.
mail-factor-ask = 직접 요청하셨다면 여기에 도움을 요청해 주세요.
mail-factor-ignore = 직접 요청하지 않으셨다면 이 메일을 무시하셔도 됩니다. 비밀번호는 그대로 유지됩니다.

mail-support = 도움이 필요하신가요?
mail-footer = 이 메일은 { $service }에서 자동으로 보냈습니다. 회신은 확인하지 않습니다.

page-language = 언어
page-support = 도움이 필요하신가요? { $service }에 문의하기
page-support-link = { $service } 도움말
page-back = { $service } 서비스로 돌아가기
page-broken = 페이지에 문제가 발생했습니다. 계속하려면 새로고침해 주세요.
page-reload = 페이지 새로고침

page-address-heading = 비밀번호 재설정
page-address-intro = { $service } 계정의 이메일 주소를 입력해 주세요. 새 비밀번호를 설정할 수 있는 코드를 보내 드립니다.
page-address-label = 이메일 주소
page-address-button = 코드 보내기
page-address-empty = 이메일 주소를 입력해 주세요.
page-address-invalid = 이메일 주소 형식이 올바르지 않은 것 같습니다. name@example.com 형식으로 입력해 주세요.
page-address-letters = @ 앞부분에는 영문자, 숫자, 일반적인 기호만 사용할 수 있습니다.
page-address-reloaded = 페이지가 새로고침되었습니다. 안전을 위해 진행 중이던 재설정 내용은 저장되지 않았습니다. 계속하려면 새 코드를 요청해 주세요.
page-address-resume = { $address }(으)로 보낸 코드 입력

page-code-heading = 메일을 확인해 주세요
page-code-intro = { $address } 주소로 등록된 계정이 있으면 코드가 담긴 메일이 곧 도착합니다. 코드를 입력하거나 메일에 있는 링크를 열어 주세요.
page-code-intro-link = 메일로 받은 코드를 입력하거나 메일에 있는 링크를 다시 열어 주세요.
page-code-label = 메일로 받은 코드
page-code-hint-base32 = 영문자와 숫자로 된 8자리 코드입니다. 대소문자를 구분하지 않으며, 하이픈과 공백은 생략해도 됩니다.
page-code-hint-digits = { $length }자리 숫자입니다.
page-code-until = 이 코드는 { $time }까지 사용할 수 있습니다.
page-code-button = 계속
page-code-empty = 메일로 받은 코드를 입력해 주세요.
page-code-length = 코드는 { $length }자리입니다. 현재 { $count }자리를 입력하셨습니다.
page-code-rejected = 코드가 올바르지 않습니다. 가장 최근에 받은 메일을 확인하고 다시 입력해 주세요.
page-code-rejected-last = 코드가 올바르지 않습니다. 이제 한 번만 더 시도할 수 있습니다.
page-code-resend = 메일 다시 보내기
page-code-resend-in = { $seconds }초 후에 메일을 다시 보낼 수 있습니다.
page-code-resent = 같은 코드가 담긴 메일을 다시 보냈습니다.
page-code-sent-already = 조금 전에 메일을 보내 드려 아직 다시 보내지 않았습니다.
page-code-no-more = 메일을 더 이상 다시 보낼 수 없습니다. 메일이 오지 않으면 잠시 후 처음부터 다시 시작해 주세요.
page-code-change = 다른 이메일 주소 사용
page-code-help = 메일이 오지 않았나요?
page-code-help-wait = 메일이 도착하기까지 몇 분 정도 걸릴 수 있습니다.
page-code-help-spam = 스팸 메일함을 확인해 주세요.
page-code-help-address = 이메일 주소가 맞는지 확인해 주세요: { $address }
page-code-help-account = 계정에 등록된 이메일 주소로만 메일이 발송됩니다. 다른 이메일 주소로 가입하셨을 수도 있습니다.

page-link-heading = 새 비밀번호 설정
page-link-intro = 메일에 있는 링크로 접속하셨습니다. 계속하면 { $service } 계정의 새 비밀번호를 설정할 수 있습니다.
page-link-not-you = 직접 요청하지 않으셨다면 이 페이지를 닫아 주세요. 아무것도 변경되지 않습니다.
page-link-button = 계속

page-password-heading = 새 비밀번호 설정
page-password-intro = 다른 곳에서 사용하지 않는 비밀번호를 정해 주세요. 여러 단어를 이어 쓰면 기억하기는 쉽고 추측하기는 어렵습니다.
page-password-label = 새 비밀번호
page-password-length = { $length }자 이상 입력해 주세요.
page-password-show = 비밀번호 표시
page-password-hide = 비밀번호 숨기기
page-password-suggest = 암호 문구 추천
page-password-suggested = 추천 암호 문구를 입력해 화면에 표시했습니다. 적어 두거나 브라우저에 저장해 주세요.
page-password-button = 비밀번호 변경
page-password-empty = 새 비밀번호를 입력해 주세요.
page-password-rejected = 사용할 수 없는 비밀번호입니다.
page-password-more = { $count }자를 더 입력해 주세요.
page-password-account = 계정

page-factor-needed = 이 계정은 로그인할 때 앱의 코드와 같은 두 번째 단계를 거칩니다. { $service } 서비스에서 그 단계를 마친 다음 여기에서 새 비밀번호를 설정해 주세요.
page-factor-button = 두 번째 단계 진행
page-factor-tab = 새 탭에서 열립니다. 이 탭은 열어 두세요.
page-factor-done = 두 번째 단계를 마쳤습니다. 이제 새 비밀번호를 설정해 주세요.
page-factor-ask = 이 계정은 로그인할 때 두 번째 단계를 거치므로 여기에서는 비밀번호를 변경할 수 없습니다. 도움을 요청해 주세요.

page-strength = 비밀번호 강도
page-strength-0 = 매우 쉽게 추측 가능
page-strength-1 = 쉽게 추측 가능
page-strength-2 = 추측될 수 있음
page-strength-3 = 안전해 보임
page-strength-4 = 매우 안전해 보임

page-reason-too_short = 너무 짧습니다. { $length }자 이상이어야 합니다.
page-reason-too_long = 너무 깁니다. 최대 256자까지 사용할 수 있습니다.
page-reason-too_guessable = 다른 사람이 추측할 수 있습니다.
page-reason-contains_context = 이메일 주소 또는 { $service } 이름이 포함되어 있습니다.
page-reason-blocklisted = 사용할 수 없는 비밀번호 목록에 있습니다.
page-reason-warning_row_of_keys = 키보드에서 한 줄로 이어진 키는 추측하기 쉽습니다.
page-reason-warning_keyboard_pattern = 짧은 키보드 패턴은 추측하기 쉽습니다.
page-reason-warning_repeated_character = ‘aaa’처럼 반복되는 문자는 추측하기 쉽습니다.
page-reason-warning_repeated_pattern = ‘abcabc’처럼 반복되는 패턴은 ‘abc’보다 나을 것이 거의 없습니다.
page-reason-warning_top_10_password = 가장 많이 쓰이는 비밀번호 10개 중 하나입니다.
page-reason-warning_top_100_password = 가장 많이 쓰이는 비밀번호 100개 중 하나입니다.
page-reason-warning_common_password = 많이 쓰이는 비밀번호입니다.
page-reason-warning_similar_to_common_password = 많이 쓰이는 비밀번호와 비슷합니다.
page-reason-warning_sequence = ‘abc’, ‘6543’처럼 연속된 문자는 추측하기 쉽습니다.
page-reason-warning_recent_year = 최근 연도는 추측하기 쉽습니다.
page-reason-warning_single_word = 단어 하나만 사용하면 추측하기 쉽습니다.
page-reason-warning_date = 날짜는 추측하기 쉽습니다.
page-reason-warning_single_name = 이름 하나만 사용하면 추측하기 쉽습니다.
page-reason-warning_common_name = 흔한 이름은 추측하기 쉽습니다.
page-reason-use_a_few_uncommon_words = 함께 잘 쓰이지 않는 단어를 몇 개 조합해 주세요.
page-reason-no_need_for_symbols_or_digits = 기호, 숫자, 대문자는 넣지 않아도 됩니다.
page-reason-add_another_word = 단어를 한두 개 더 추가해 주세요. 흔하지 않은 단어일수록 좋습니다.
page-reason-capitals_help_little = 대문자를 써도 큰 도움이 되지 않습니다.
page-reason-all_capitals_help_little = 모두 대문자로 써도 추측하기 쉬운 것은 마찬가지입니다.
page-reason-reversed_words_help_little = 단어를 거꾸로 써도 큰 도움이 되지 않습니다.
page-reason-substitutions_help_little = ‘a’를 ‘@’로 바꾸는 정도로는 큰 도움이 되지 않습니다.
page-reason-use_longer_keyboard_pattern = 방향이 여러 번 바뀌는 더 긴 패턴을 사용해 주세요.
page-reason-avoid_repetition = 같은 단어나 문자를 반복하지 마세요.
page-reason-avoid_sequences = 연속된 문자는 피해 주세요.
page-reason-avoid_recent_years = 최근 연도는 피해 주세요.
page-reason-avoid_your_years = 본인과 관련된 연도는 피해 주세요.
page-reason-avoid_your_dates = 본인과 관련된 날짜와 연도는 피해 주세요.
page-reason-other = 다른 비밀번호를 사용해 주세요.

page-done-heading = 비밀번호가 변경되었습니다
page-done-intro = 새 비밀번호로 { $service }에 로그인해 주세요. 기존에 로그인되어 있던 모든 곳에서 로그아웃되었습니다.
page-done-mail = 변경 사실을 메일로도 알려 드립니다.

page-elsewhere-heading = 다른 탭에서 진행 중입니다
page-elsewhere-intro = 재설정은 그 탭에서 계속해 주세요. 이 탭은 닫으셔도 됩니다.
page-elsewhere-done-heading = 비밀번호가 변경되었습니다
page-elsewhere-done-intro = 다른 탭에서 변경을 완료하셨습니다. 이 탭은 닫으셔도 됩니다.

page-over-new-code = 새 코드 보내기
page-over-start = 처음부터 다시 시작
page-over-tries-heading = 시도 횟수를 초과했습니다
page-over-tries-intro = 안전을 위해 이 코드는 더 이상 사용할 수 없습니다. 새 코드를 요청해 주세요.
page-over-expired-heading = 코드가 만료되었습니다
page-over-expired-intro = 코드는 짧은 시간 동안만 사용할 수 있습니다. 새 코드를 요청해 주세요.
page-over-link-heading = 더 이상 사용할 수 없는 링크입니다
page-over-link-intro = 이미 사용되었거나 만료된 링크입니다. 새 코드를 요청해 주세요. 가장 최근에 받은 메일만 유효합니다.
page-over-lost-heading = 새 코드를 요청해 주세요
page-over-lost-intro = 코드를 확인하는 중에 연결이 끊겨 코드가 이미 사용된 것으로 처리되었을 수 있습니다. 새 코드를 받으면 계속할 수 있습니다.
page-over-token-heading = 비밀번호 설정 시간이 지났습니다
page-over-token-intro = 안전을 위해 재설정을 처음부터 다시 시작해야 합니다.
page-over-maybe-heading = 새 비밀번호로 로그인해 보세요
page-over-maybe-intro = 비밀번호를 변경하는 중에 연결이 끊겼습니다. 변경되었을 가능성이 높으니 먼저 새 비밀번호로 시도해 주세요. 로그인되지 않으면 처음부터 다시 시작해 주세요.

page-wait-busy = 지금 이용자가 많습니다. { $seconds }초 후 자동으로 다시 시도합니다.
page-wait-unavailable = 지금 { $service }에 연결할 수 없습니다. { $seconds }초 후 자동으로 다시 시도합니다.
page-wait-offline = 인터넷에 연결되어 있지 않습니다. 다시 연결되면 자동으로 계속합니다.
page-wait-proof = 현재 { $service }에 대한 공격이 발생해 이 기기에서 먼저 간단한 계산을 합니다. 몇 초 정도 걸립니다.
page-wait-now = 지금 다시 시도
page-working = 잠시만 기다려 주세요…

page-error-rate_limited = 시도 횟수가 너무 많습니다. { $minutes }분 후에 다시 시도해 주세요.
page-error-rate_limited-soon = 짧은 시간에 너무 많이 시도했습니다. { $seconds }초 후에 다시 시도해 주세요.
page-error-invalid_request = 요청을 처리할 수 없습니다. 입력하신 내용을 확인해 주세요.
page-error-proof_required = 현재 { $service }에 대한 공격이 발생했으며, 필요한 확인 절차를 완료하지 못했습니다. 나중에 다시 시도해 주세요.
page-error-other = 문제가 발생했습니다. 페이지를 새로고침한 후 다시 시도해 주세요.
page-error-unavailable = { $service }에서 응답이 없습니다. 잠시 후 다시 시도해 주세요.
