# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = 領域 { $id } { $title }
trend-control = 控制措施 { $id }
trend-score-recorded = 記錄時的分數
trend-score-anew = 依此程式庫的分數

# What changed that is no work.
trend-library = 程式庫由 { $from } 變為 { $to }：{ $files }
trend-same-files = 位於其他資料夾的相同檔案
trend-more-files = 另有 { $count } 個
trend-engine = annexa 由 { $from } 變為 { $to }
trend-added = 新增評定：{ $template }（群組 { $group }）
trend-removed = 移除評定：{ $template }（群組 { $group }）
trend-separator = ；

# Where there is no line to draw.
trend-one-date = 僅記錄了一個日期；再記錄一個日期即可看出趨勢。
trend-none-between = { $tenant } 在此期間沒有快照；自 { $first } 至 { $last } 有快照。
trend-nothing = 沒有 { $tenant } 的記錄。

# Tables.
trend-unassessed = 未評估的分數
trend-gaps = 缺口
trend-framework = 架構
trend-title = 標題
trend-first = 最初
trend-last = 最後
trend-anew = 依此程式庫

# A chart, for those who hear it.
chart-ends = { $name }：{ $from } 為 { $first }，{ $to } 為 { $last }
chart-no-value = { $name }：無數值
chart-level = { $name }：{ $percent }
chart-mark = { $date }：{ $what }
chart-point = { $name }，{ $date }：{ $percent }
chart-separator = 。
