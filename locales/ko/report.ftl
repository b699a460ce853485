# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = 컴플라이언스 보고서, 조직 { $count }개
report-organization = 조직
report-headline = 점수 { $score }, 보증 { $assurance }.
report-headline-range = 점수 { $score }(평가되지 않은 항목이 모두 양호하면 최대 { $best }), 보증 { $assurance }.
report-outlook = 아무것도 갱신하지 않으면 { $date }의 보증은 { $percent }입니다.
report-at-best = 최대
report-statuses = 통제: { $list }
report-controls = 통제
report-domains = 영역
report-left-out = 외 { $count }행. `--full`로 모두 작성합니다.
report-figures-alone = `--full`로 모두 작성합니다.
report-overview = 댓글에 각 조직을 모두 실을 수 없습니다. `--full`로 모두 작성합니다.
report-and-more = { $items } 외 { $count }개

# What is missing.
report-missing = 부족한 것
report-nothing-missing = 부족한 것이 없습니다.
report-kind = 종류
report-findings = 격차
report-rows = 격차 보고서의 행
report-gaps-first = 점수가 가장 큰 격차 { $shown }개(전체 { $count }개)
report-gaps-all = 격차 전체 { $count }개, 점수가 큰 순
report-open-controls = 충족되지 않은 통제 { $count }개

# What lapses, and the evidence.
report-lapses = { $date }까지 만료되는 것
report-nothing-lapses = { $date }까지 만료되는 것이 없습니다.
report-last-day = 마지막 날
report-event = 발생하는 일
report-item = 항목
report-resting = 이에 의존하는 점수
report-evidence = 증거 대장, { $count }건
report-from = 유효 시작일
report-to = 유효 종료일
report-alone = 이것만으로 보증되는 점수
report-actions = 작업

# What to do next.
report-next = 다음 최선의 작업
report-next-line = { $hours }시간의 작업으로 { $points }점을 얻어 점수가 { $percent }가 됩니다.
report-nothing-next = { $hours }시간 안에 할 수 있는 미완료 작업이 없습니다.
report-no-open-work = 미완료 작업이 없습니다.
report-work = 할 일
report-hours = 시간
report-gain = 증가
report-then = 이후 점수

# What became of it.
report-trend = 추이
report-date = 날짜
report-since = { $date } 이후의 변화
report-unchanged = { $date } 이후 수치가 변하지 않았습니다.
report-cause = 원인
report-assured = 증거 있음
report-together = 합계
