# A badge: one figure.

# What stands on its left.
badge-score = 규정 준수 점수
badge-assurance = 규정 준수 보증
badge-covered = 충족된 통제

# What stands on its right where that is no percentage.
badge-part = { $whole }개 중 { $part }개
badge-no-score = 점수 없음

# The whole of it, for those who hear it.
badge-title = { $label }: { $message }, { $date } 기준
badge-title-reached = { $label }: { $message }, 목표 { $target } 달성, { $date } 기준
badge-title-missed = { $label }: { $message }, 목표 { $target } 미달성, { $date } 기준
