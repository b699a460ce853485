# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = { $from }부터 { $to }까지
compare-title-as-of = { $organization }, { $date } 기준
compare-title-from-to = { $organization }, { $from }부터 { $to }까지
compare-snapshot = { $date }({ $id })

# The figures.
compare-before = 이전
compare-after = 이후
compare-change = 변동
compare-points = 획득 점수
compare-assured = 보증

# Why they moved.
compare-nothing = 수치에 변동이 없습니다.
compare-why = 원인
compare-together = 합계
compare-actions = 작업
compare-work-done = 수행한 작업
compare-work-undone = 되돌려진 작업
compare-newly-assessed = 새로 평가됨
compare-currency = 증거·테스트의 만료 또는 갱신
compare-scope = 범위
compare-template = 템플릿 또는 라이브러리
compare-new-assessments = 평가의 추가 또는 제거
compare-cause-actions = { $cause }: 작업 { $count }개

# Assessments that came or went.
compare-added = 추가: 평가 { $template }, 그룹 { $group }, { $possible }점의 { $score }
compare-removed = 제거: 평가 { $template }, 그룹 { $group }, { $possible }점의 { $score }

# Controls that moved.
compare-controls = 변동된 통제: { $count }개
compare-place = { $id }({ $framework }, { $group })
compare-standing = { $status } { $percent }
compare-not-there = 존재하지 않음
compare-more = 외 { $count }개(전체는 `--format json` 또는 `markdown`에 있음)
