# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = コンプライアンスレポート、組織 { $count } 件
report-organization = 組織
report-headline = スコア { $score }、保証 { $assurance }。
report-headline-range = スコア { $score }(未評価がすべて良好なら最大 { $best })、保証 { $assurance }。
report-outlook = 何も更新しなければ、{ $date } の保証は { $percent } になる。
report-at-best = 最大
report-statuses = 管理策: { $list }
report-controls = 管理策
report-domains = 領域
report-left-out = ほか { $count } 行。`--full` ですべて出力。
report-figures-alone = `--full` ですべて出力。
report-overview = コメントに各組織を載せる余地がない。`--full` ですべて出力。
report-and-more = { $items } ほか { $count } 件

# What is missing.
report-missing = 不足しているもの
report-nothing-missing = 不足はない。
report-kind = 種類
report-findings = ギャップ
report-rows = ギャップレポートの行
report-gaps-first = 点数の大きいギャップ { $shown } 件(全 { $count } 件)
report-gaps-all = ギャップ全 { $count } 件、点数の大きい順
report-open-controls = 充足していない管理策 { $count } 件

# What lapses, and the evidence.
report-lapses = { $date } までに失効するもの
report-nothing-lapses = { $date } までに失効するものはない。
report-last-day = 最終日
report-event = 起こること
report-item = 対象
report-resting = これに依存する点
report-evidence = 証拠台帳、{ $count } 件
report-from = 有効開始日
report-to = 有効期限
report-alone = これだけで保証される点
report-actions = 処置

# What to do next.
report-next = 次に行うべき最善の処置
report-next-line = { $hours } 時間の作業で { $points } 点を得て、スコアは { $percent } になる。
report-nothing-next = { $hours } 時間に収まる未了の作業はない。
report-no-open-work = 未了の作業はない。
report-work = 作業
report-hours = 時間
report-gain = 増加
report-then = その後のスコア

# What became of it.
report-trend = 推移
report-date = 日付
report-since = { $date } からの変化
report-unchanged = { $date } 以降、数値の変化はない。
report-cause = 要因
report-assured = 証拠あり
report-together = 合計
