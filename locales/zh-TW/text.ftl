# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = 截至 { $date }
text-overall = 整體，{ $count } 項評定
text-group = { $title }，群組 { $group }

# The figures.
text-score = 分數
text-target = 目標
text-assurance = 保證
text-your-side = 客戶端
text-provider = 提供者
text-up-to = 若未評估項目全部良好，最高 { $percent }
text-met = 已達成
text-not-met = 未達成
text-assured = { $points } 分有稽核員可查看的證據為依據
text-outlook = 若均未更新，至 { $date } 為 { $percent }
text-semicolon = ；
text-side = { $possible } 分中得 { $achieved } 分
text-side-unassessed = { $possible } 分中得 { $achieved } 分，{ $unassessed } 分未評估

# Where most is missing, and what lapses.
text-losses = 缺口最大的領域
text-loss = { $domain }：{ $points } 分
text-lapses = 即將到期
text-lapse = { $date } 之後：{ $item }，為 { $count } 項控制措施的證據
text-more-items = 另有 { $count } 項

# Tables.
text-domain = 領域
text-missing = 缺少
text-covered = 已涵蓋
text-open-controls = 未涵蓋的控制措施：{ $count } 項中 { $open } 項
text-open-controls-excluded = 未涵蓋的控制措施：{ $count } 項中 { $open } 項；{ $excluded } 項已排除
text-control = 控制措施
text-status = 狀態
text-coverage = 涵蓋率
text-responsibility = 責任
text-missing-side = 缺少的一方
text-gap = 缺口
text-action-or-service = 動作或服務
text-points = 分數
text-assigned = 負責人
text-due = 期限
text-next-step = 下一步
text-rows = { $count } 列
text-report-hint = 缺口報告：{ $rows } 列，以 `{ $command }` 寫出
text-proof-hint = 依據：`{ $command }`，或任一控制措施、動作、服務、證據的識別碼

# Markdown.
text-all = 全部
text-possible = 滿分
text-unassessed = 未評估
text-overall-title = 整體
text-target-line = 目標 { $target }：{ $result }
text-points-missing = 缺少 { $points } 分
text-lapses-after = 於 { $date } 之後失效
text-action = 動作
text-service = 服務
text-control-not-covered = 未涵蓋的控制措施
