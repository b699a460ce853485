# Progress for a manager: `annexa history report`.

progress-title = { $organization }({ $tenant }): { $from }부터 { $to }까지의 진척

# From which state to which.
progress-span = 시작은 { $from }, 끝은 { $to }입니다.
progress-span-first = 시작은 { $from }(최초의 것이며 { $since } 또는 그 이전의 것은 없음), 끝은 { $to }입니다.
progress-span-before = 시작은 { $from }({ $since } 이전의 마지막 것), 끝은 { $to }입니다.
progress-snapshot = { $date } 스냅샷 { $id }
progress-profile = { $date } 기준 프로필
progress-between = 그 사이에 스냅샷이 { $count }개 있습니다.

# The sections.
progress-then-and-now = 이전과 현재
progress-better = 개선된 사항
progress-nothing-better = 개선된 사항이 없습니다.
progress-worse = 악화된 사항
progress-nothing-worse = 악화된 사항이 없습니다.
progress-lapses = 다음에 만료되는 항목
progress-team = 팀이 수행한 일
progress-no-team = 진전된 작업도 갱신된 증거도 없습니다.
progress-pace = 진행 속도
progress-rounding = 점수는 소수 첫째 자리로, 진행 속도는 절댓값을 기준으로 반올림합니다. 목표와 그 날짜는 정확히 계산합니다.

# Tables.
progress-then = 이전
progress-now = 현재
progress-points-earned = 획득 점수
progress-points-assured = 증거가 유효한 점수
progress-points-possible = 만점
progress-proof = 증거
progress-assessed-in = 평가
progress-provider = 공급자
progress-last-day = 마지막 날
progress-what = 유형
progress-of = 대상
progress-controls = 통제
progress-first-of = { $first } 외 { $count }개
progress-moved-up = 진전된 작업
progress-proof-renewed = 갱신된 증거
progress-nobody = (담당자 미지정)
progress-more = 외 { $count }개(전체는 JSON에 있음).

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause }(작업 { $count }개): { $parts }. 점수가 { $percent }%p 올랐습니다.
progress-cause-falls = { $cause }(작업 { $count }개): { $parts }. 점수가 { $percent }%p 내렸습니다.
progress-cause-stays = { $cause }(작업 { $count }개): { $parts }. 점수는 그대로입니다.
progress-cause-unscored = { $cause }(작업 { $count }개): { $parts }. 한쪽 상태에는 점수가 없습니다.
progress-earned = 획득 점수 { $points }점 증가
progress-lost = 획득 점수 { $points }점 감소
progress-more-possible = 만점 { $points }점 증가
progress-less-possible = 만점 { $points }점 감소
progress-proof-gained = 증거 있는 점수 { $points }점 증가
progress-proof-lost = 증거 있는 점수 { $points }점 감소
progress-no-points = 점수 변동 없음

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = 아무것도 갱신하지 않으면 보증은 { $by }까지 { $now }에서 { $then }(으)로 떨어집니다.
progress-assurance-lasts = { $days }일 이내에 만료되는 항목이 없습니다. { $by }의 보증: { $then }.
progress-assurance-holds = 만료되는 항목만으로는 보증이 줄지 않습니다. { $by }에는 { $then }, 현재는 { $now }입니다.

# How fast it went.
progress-no-pace = 두 상태의 날짜가 같으므로 진행 속도가 없습니다.
progress-pace-none = { $days }일 동안 늘거나 줄어든 점수가 없습니다.
progress-pace-gained = { $days }일 동안 { $points }점 늘었습니다(30일당 { $monthly }점).
progress-pace-lost = { $days }일 동안 { $points }점 줄었습니다(30일당 { $monthly }점).
progress-no-part = 범위, 라이브러리, 추가되거나 제거된 평가에 따른 변동({ $points }점)은 진행 속도에 포함하지 않습니다.
progress-score-stays = 점수는 30일당 백분의 일 퍼센트포인트 수준에서 그대로입니다.
progress-score-rises = 점수가 30일당 { $percent }%p 오르고 있습니다.
progress-score-falls = 점수가 30일당 { $percent }%p 내리고 있습니다.
progress-lapsed = 만료로 { $points }점의 증거가 소실되었습니다(30일당 { $monthly }점). 갱신된 것은 없습니다.
progress-lapsed-renewed = 만료로 { $points }점의 증거가 소실되었고(30일당 { $monthly }점), 갱신으로 { $renewed }점이 회복되었습니다.
progress-renewed = 만료로 소실된 증거는 없습니다. 갱신으로 { $renewed }점이 회복되었습니다.
progress-neither = 만료로 소실된 증거도, 갱신된 것도 없습니다.

# Targets: where each stands, and when it is met at that pace.
progress-no-target = 프로필의 평가에도 --target에도 설정된 목표가 없습니다.
progress-target-met = { $of ->
        [all] 전체 목표 { $target }은(는) { $date } 기준으로 달성되었습니다.
        [one] { $title }의 목표 { $target }은(는) { $date } 기준으로 달성되었습니다.
       *[group] { $title }(그룹 { $group })의 목표 { $target }은(는) { $date } 기준으로 달성되었습니다.
     }
progress-target-lacks = { $of ->
        [all] 전체 목표 { $target }에 { $missing }점이 부족합니다.
        [one] { $title }의 목표 { $target }에 { $missing }점이 부족합니다.
       *[group] { $title }(그룹 { $group })의 목표 { $target }에 { $missing }점이 부족합니다.
     }
progress-target-unscored = { $of ->
        [all] 전체 목표 { $target }은(는) 달성 여부를 판단할 수 없습니다. 계산 대상이 없어 점수가 없기 때문입니다.
        [one] { $title }의 목표 { $target }은(는) 달성 여부를 판단할 수 없습니다. 계산 대상이 없어 점수가 없기 때문입니다.
       *[group] { $title }(그룹 { $group })의 목표 { $target }은(는) 달성 여부를 판단할 수 없습니다. 계산 대상이 없어 점수가 없기 때문입니다.
     }
progress-expected = { $today }까지 { $days }일간의 진행 속도가 유지되고 분모가 그대로라면 { $on }에 달성됩니다.
progress-distant = { $today }까지 { $days }일간의 진행 속도가 유지되고 분모가 그대로라면 백 년 안에는 달성되지 않습니다.
progress-standstill = { $today }까지 { $days }일간 늘어난 점수가 없으며, 이 속도로는 달성되지 않습니다.
progress-falling = { $today }까지 { $days }일간 점수가 줄었으며, 이 속도로는 달성되지 않습니다.
progress-one-date = 한 날짜의 상태만으로는 진행 속도가 없으므로 달성일을 알 수 없습니다.
progress-unlike = 범위, 라이브러리 또는 평가에 따라 계산 대상이 이 기간에 바뀌었으므로 이 목표만의 진행 속도가 없고 달성일도 알 수 없습니다.
