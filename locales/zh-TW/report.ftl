# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = 合規報告,{ $count } 個組織
report-organization = 組織
report-headline = 分數 { $score },保證 { $assurance }。
report-headline-range = 分數 { $score }(若未評估項目全部良好,最高 { $best }),保證 { $assurance }。
report-outlook = 若均未更新,至 { $date } 保證為 { $percent }。
report-at-best = 最高
report-statuses = 控制措施:{ $list }
report-controls = 控制措施
report-domains = 領域
report-left-out = 另有 { $count } 列;`--full` 會全部寫出。
report-figures-alone = `--full` 會寫出全部內容。
report-overview = 註解容不下每個組織的內容;`--full` 會寫出全部內容。
report-and-more = { $items } 等另 { $count } 項

# What is missing.
report-missing = 缺少的項目
report-nothing-missing = 沒有缺少任何項目。
report-kind = 種類
report-findings = 缺口
report-rows = 缺口報告的列
report-gaps-first = 分數最高的 { $shown } 個缺口(共 { $count } 個)
report-gaps-all = 全部 { $count } 個缺口,依分數由高至低
report-open-controls = 未涵蓋的 { $count } 項控制措施

# What lapses, and the evidence.
report-lapses = 至 { $date } 為止失效的項目
report-nothing-lapses = 至 { $date } 為止沒有項目失效。
report-last-day = 最後一日
report-event = 發生的事
report-item = 項目
report-resting = 依賴它的分數
report-evidence = 證據登錄,{ $count } 項
report-from = 生效日
report-to = 有效期限
report-alone = 僅由其保證的分數
report-actions = 動作

# What to do next.
report-next = 下一步最佳動作
report-next-line = { $hours } 小時的工作可得 { $points } 分,分數將為 { $percent }。
report-nothing-next = 沒有未完成的工作可在 { $hours } 小時內完成。
report-no-open-work = 沒有未完成的工作。
report-work = 工作
report-hours = 小時
report-gain = 增加
report-then = 之後的分數

# What became of it.
report-trend = 趨勢
report-date = 日期
report-since = 自 { $date } 以來的變化
report-unchanged = 自 { $date } 以來數字沒有變化。
report-cause = 原因
report-assured = 有證據
report-together = 合計
