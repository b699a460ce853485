# A badge: one figure.

# What stands on its left.
badge-score = コンプライアンス スコア
badge-assurance = コンプライアンスの保証
badge-covered = 充足した管理策

# What stands on its right where that is no percentage.
badge-part = { $whole } 件中 { $part } 件
badge-no-score = スコアなし

# The whole of it, for those who hear it.
badge-title = { $label }: { $message }、{ $date } 現在
badge-title-reached = { $label }: { $message }、目標 { $target } 達成、{ $date } 現在
badge-title-missed = { $label }: { $message }、目標 { $target } 未達成、{ $date } 現在
