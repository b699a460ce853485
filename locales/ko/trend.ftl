# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = 영역 { $id } { $title }
trend-control = 통제 { $id }
trend-score-recorded = 기록 당시 점수
trend-score-anew = 이 라이브러리 기준 점수

# What changed that is no work.
trend-library = 라이브러리가 { $from }에서 { $to }(으)로 변경됨: { $files }
trend-same-files = 다른 폴더에 있는 같은 파일
trend-more-files = 외 { $count }개
trend-engine = annexa가 { $from }에서 { $to }(으)로 변경됨
trend-added = 평가 추가: { $template }(그룹 { $group })
trend-removed = 평가 제거: { $template }(그룹 { $group })
trend-separator = ;{" "}

# Where there is no line to draw.
trend-one-date = 기록된 날짜가 하나뿐입니다. 하나를 더 기록하면 추이가 됩니다.
trend-none-between = 이 기간에는 { $tenant }의 스냅샷이 없습니다. { $first }부터 { $last }까지의 스냅샷이 있습니다.
trend-nothing = { $tenant }에 대한 기록이 없습니다.

# Tables.
trend-unassessed = 미평가 점수
trend-gaps = 격차
trend-framework = 프레임워크
trend-title = 제목
trend-first = 처음
trend-last = 마지막
trend-anew = 이 라이브러리 기준

# A chart, for those who hear it.
chart-ends = { $name }: { $from } { $first }, { $to } { $last }
chart-no-value = { $name }: 값 없음
chart-level = { $name }: { $percent }
chart-mark = { $date }: { $what }
chart-point = { $name }, { $date }: { $percent }
chart-separator = .{" "}
