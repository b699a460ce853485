# A badge: one figure.

# What stands on its left.
badge-score = 合規分數
badge-assurance = 合規保證
badge-covered = 已涵蓋的控制措施

# What stands on its right where that is no percentage.
badge-part = { $whole } 項中 { $part } 項
badge-no-score = 無分數

# The whole of it, for those who hear it.
badge-title = { $label }：{ $message }，截至 { $date }
badge-title-reached = { $label }：{ $message }，已達成目標 { $target }，截至 { $date }
badge-title-missed = { $label }：{ $message }，未達成目標 { $target }，截至 { $date }
