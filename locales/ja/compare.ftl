# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = { $from } から { $to } まで
compare-title-as-of = { $organization }、{ $date } 現在
compare-title-from-to = { $organization }、{ $from } から { $to } まで
compare-snapshot = { $date }（{ $id }）

# The figures.
compare-before = 変更前
compare-after = 変更後
compare-change = 増減
compare-points = 得点
compare-assured = 保証

# Why they moved.
compare-nothing = 数値に変化はありません。
compare-why = 要因
compare-together = 合計
compare-actions = 処置
compare-work-done = 実施した作業
compare-work-undone = 取り消された作業
compare-newly-assessed = 新たな評価
compare-currency = 証拠・テストの失効または更新
compare-scope = 適用範囲
compare-template = テンプレートまたはライブラリ
compare-new-assessments = アセスメントの追加または削除
compare-cause-actions = { $cause }: 処置 { $count } 件

# Assessments that came or went.
compare-added = 追加: アセスメント { $template }、グループ { $group }、{ $possible } 点の { $score }
compare-removed = 削除: アセスメント { $template }、グループ { $group }、{ $possible } 点の { $score }

# Controls that moved.
compare-controls = 変化した管理策: { $count } 件
compare-place = { $id }（{ $framework }、{ $group }）
compare-standing = { $status } { $percent }
compare-not-there = 存在せず
compare-more = ほか { $count } 件（`--format json` と `markdown` にはすべてある）
