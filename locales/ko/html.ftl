# The page as a whole.
html-title = 컴플라이언스 보고서
html-as-of = { $date } 기준
html-skip = 본문으로 건너뛰기
html-contents = 목차
html-print = 인쇄
html-dark = 어둡게
html-foot = 조직이 작성한 프로필을 바탕으로 annexa { $version }이(가) 만들었습니다.
html-not-a-certificate = 점수는 수행한 작업의 척도이며 인증서가 아닙니다.

# Several tenants.
html-overview = 개요
html-about-tenants = { $date } 기준 테넌트 { $count }개
html-organization = 조직
html-by-domain = { $title }: 도메인별 점수

# The summary.
html-summary = 요약
html-score = 점수
html-up-to = 평가되지 않은 항목이 모두 양호하면 최대 { $percent }
html-bar = 점수 { $score }, 그중 유효한 증거가 있는 것 { $assurance }, 평가되지 않은 것을 포함하면 최대 { $best }
html-key-achieved = 획득
html-key-assured = 유효한 증거 있음
html-key-unassessed = 평가되지 않음
html-key-target = 목표
html-assurance = 보증
html-outlook = 갱신하지 않으면 { $date }에 { $percent }
html-your-side = 고객 측
html-provider-side = 공급자
html-side-points = { $possible }점 중 { $achieved }점
html-points-missing = { $points }점 부족
html-lapses-soon = 곧 만료
html-within = { $days }일 이내
html-assessments = 평가
html-assessment = 평가
html-group = 그룹
html-target = 목표
html-met = 달성
html-not-met = 미달성
html-points = 점수

# Domains.
html-domains = 도메인
html-domain = 도메인
html-domains-what = 여러 도메인에 해당하는 작업은 각각에 포함됩니다.
html-missing = 부족 점수
html-covered = 충족

# The map of controls, and the sheets of actions.
html-controls = 통제
html-control = 통제
html-controls-what = 각 칸을 열면 통제의 작업과 상태, 증거, 산정 근거가 나옵니다.
html-sheets-what = 각 작업 옆은 획득 점수/만점이며, 유효한 증거가 있는 점수가 더 적으면 가운뎃점 뒤에 나옵니다. 화살표 뒤는 테스트가 유효한 마지막 날입니다.
html-services = 서비스 { $all }개 중 { $attested }개에 증거 있음
html-controls-few = 각 통제의 작업은 이 테넌트만의 보고서에 있습니다.
html-controls-groups = 표시 순서:
html-tests = 테스트: { $status }
html-carried-by = 담당
html-lacking = 부족: { $where }
html-excluded-because = 사유: { $why }
html-proof = { $worth }점 × { $share } = { $earned }
html-test = 테스트: { $result }
html-due-on = 기한 { $date }
html-status-of = { $action }의 상태에 따름
html-conflict = 두 상태가 모순되어 낮은 쪽을 적용
html-risk-accepted = { $who }이(가) { $date }까지 위험 수용

# The shared-responsibility matrix.
html-sides = 책임 분담
html-sides-what = 각 통제에서 양측에 부족한 점수. ✓는 부족 없음.

# The gap report.
html-gaps = 격차
html-gaps-what = 발견 사항마다 한 줄입니다. CSV에는 관련된 통제마다 한 줄이 있습니다.
html-gaps-top = 걸린 점수가 가장 큰 발견 사항.
html-gaps-no-script = 검색, 필터, 정렬, CSV에는 JavaScript가 필요합니다. 읽기는 없이도 가능합니다.
html-gaps-shown = 전체 { $all }건 중 { $shown }건
html-search = 검색
html-kind = 유형
html-owner = 책임자
html-assignee = 담당자
html-all = 모두
html-reset = 초기화
html-csv = CSV 다운로드({ $rows }행)
html-action = 작업
html-actions = 작업
html-due = 기한
html-at-stake = 걸린 점수

# The evidence register.
html-evidence = 증거
html-lapses = 갱신하지 않으면 만료되는 것
html-last-day = 마지막 날
html-what = 대상
html-what-happens = 일어나는 일
html-register = 증거 대장
html-evidence-item = 증거
html-state = 상태
html-ending = 곧 만료
html-valid-from = 유효 시작
html-valid-to = 유효 종료
html-period = 기간

# Trend and attribution.
html-trend = 추이
html-trend-chart = 시간에 따른 점수와 보증. 수치는 아래 표에 있습니다.
html-trend-one = 기록된 날짜가 하나뿐입니다. 두 번째부터 추이가 나옵니다.
html-change = { $since } 이후 { $from }에서 { $to }(으)로
html-why = 변화의 이유
html-cause = 원인
html-achieved = 획득
html-assured = 유효한 증거 있음
html-possible = 만점
html-recorded = 기록된 점수
html-date = 날짜

# The next best actions.
html-next = 다음 작업
html-plan = { $hours }시간의 작업으로 { $before }에서 { $after }(으)로 오릅니다.
html-work = 작업 내용
html-hours = 시간
html-gain = 증가
html-then = 이후
