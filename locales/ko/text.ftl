# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = { $date } 기준
text-overall = 전체, 평가 { $count }건
text-group = { $title }, 그룹 { $group }

# The figures.
text-score = 점수
text-target = 목표
text-assurance = 보증
text-your-side = 고객 측
text-provider = 공급자
text-up-to = 평가되지 않은 항목이 모두 양호하면 최대 { $percent }
text-met = 달성
text-not-met = 미달성
text-assured = { $points }점은 심사원이 확인할 수 있는 증거에 근거함
text-outlook = 아무것도 갱신하지 않으면 { $date }에는 { $percent }
text-semicolon = ;{" "}
text-side = { $possible }점 중 { $achieved }점
text-side-unassessed = { $possible }점 중 { $achieved }점, 미평가 { $unassessed }점

# Where most is missing, and what lapses.
text-losses = 가장 부족한 영역
text-loss = { $domain }: { $points }점
text-lapses = 만료 예정
text-lapse = { $date } 이후: { $item }, 통제 { $count }개의 증거
text-more-items = 외 { $count }건

# Tables.
text-domain = 영역
text-missing = 부족
text-covered = 충족
text-open-controls = 충족되지 않은 통제: { $count }개 중 { $open }개
text-open-controls-excluded = 충족되지 않은 통제: { $count }개 중 { $open }개, 제외 { $excluded }개
text-control = 통제
text-status = 상태
text-coverage = 충족률
text-responsibility = 책임
text-missing-side = 부족한 쪽
text-gap = 격차
text-action-or-service = 작업 또는 서비스
text-points = 점수
text-assigned = 담당
text-due = 기한
text-next-step = 다음 단계
text-rows = { $count }행
text-report-hint = 격차 보고서: { $rows }행, `{ $command }`로 작성
text-proof-hint = 근거: `{ $command }` 또는 통제, 작업, 서비스, 증거의 ID

# Markdown.
text-all = 전체
text-possible = 만점
text-unassessed = 미평가
text-overall-title = 전체
text-target-line = 목표 { $target }: { $result }
text-points-missing = { $points }점 부족
text-lapses-after = { $date } 이후 만료
text-action = 작업
text-service = 서비스
text-control-not-covered = 충족되지 않은 통제
