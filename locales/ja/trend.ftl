# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = 領域 { $id } { $title }
trend-control = 管理策 { $id }
trend-score-recorded = 記録時のスコア
trend-score-anew = このライブラリでのスコア

# What changed that is no work.
trend-library = ライブラリが { $from } から { $to } に変更: { $files }
trend-same-files = 別のフォルダーにある同じファイル
trend-more-files = ほか { $count } 件
trend-engine = annexa が { $from } から { $to } に変更
trend-added = アセスメントの追加: { $template }（グループ { $group }）
trend-removed = アセスメントの削除: { $template }（グループ { $group }）
trend-separator = ；

# Where there is no line to draw.
trend-one-date = 記録された日付は一つだけです。もう一つ記録すると推移になります。
trend-none-between = この期間に { $tenant } のスナップショットはありません。{ $first } から { $last } までのものがあります。
trend-nothing = { $tenant } の記録はありません。

# Tables.
trend-unassessed = 未評価の点
trend-gaps = ギャップ
trend-framework = フレームワーク
trend-title = 表題
trend-first = 最初
trend-last = 最後
trend-anew = このライブラリでの増減

# A chart, for those who hear it.
chart-ends = { $name }: { $from } に { $first }、{ $to } に { $last }
chart-no-value = { $name }: 値なし
chart-level = { $name }: { $percent }
chart-mark = { $date }: { $what }
chart-point = { $name }、{ $date }: { $percent }
chart-separator = 。
