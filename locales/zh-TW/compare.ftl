# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = 自 { $from } 至 { $to }
compare-title-as-of = { $organization }，截至 { $date }
compare-title-from-to = { $organization }，自 { $from } 至 { $to }
compare-snapshot = { $date }（{ $id }）

# The figures.
compare-before = 之前
compare-after = 之後
compare-change = 變動
compare-points = 得分
compare-assured = 保證

# Why they moved.
compare-nothing = 數字沒有變動。
compare-why = 原因
compare-together = 合計
compare-actions = 動作
compare-work-done = 已完成的工作
compare-work-undone = 回復的工作
compare-newly-assessed = 新評估
compare-currency = 證據與測試的失效或更新
compare-scope = 範圍
compare-template = 範本或程式庫
compare-new-assessments = 新增或移除的評定
compare-cause-actions = { $cause }：{ $count } 項動作

# Assessments that came or went.
compare-added = 新增：評定 { $template }，群組 { $group }，{ $possible } 分的 { $score }
compare-removed = 移除：評定 { $template }，群組 { $group }，{ $possible } 分的 { $score }

# Controls that moved.
compare-controls = 有變動的控制措施：{ $count } 項
compare-place = { $id }（{ $framework }，{ $group }）
compare-standing = { $status } { $percent }
compare-not-there = 不存在
compare-more = 另有 { $count } 項；完整內容見 `--format json` 與 `markdown`
