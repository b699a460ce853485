# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = 合規報告
workbook-sheet-summary = 摘要
workbook-sheet-assessments = 評定
workbook-sheet-domains = 領域
workbook-sheet-kinds = 各類缺少項目
workbook-sheet-controls = 控制措施
workbook-sheet-gaps = 缺口
workbook-sheet-actions = 動作
workbook-sheet-evidence = 證據
workbook-sheet-trend = 趨勢
workbook-sheet-next = 下一步動作

# The summary.
workbook-as-of = 基準日
workbook-tenant = 租用戶
workbook-made-by = 產生工具
workbook-assessment = 評定
workbook-assessments = 評定數
workbook-side = 方面
workbook-target-status = 目標達成
workbook-outlook = 若未更新，{ $date } 的保證
workbook-outlook-plain = 若未更新的保證
workbook-chart-domains = 各領域的分數與保證
workbook-chart-kinds = 各類缺口
workbook-chart-trend = 分數與保證的趨勢
workbook-chart-tenants = 各租用戶的分數與保證

# Columns of several sheets.
workbook-framework = 架構
workbook-group = 群組
workbook-points = 得分
workbook-title-of-it = 標題
workbook-id = 識別碼
workbook-services = 服務
workbook-notes = 備註
workbook-yes = 是

# Controls.
workbook-tests = 測試
workbook-your-points = 您的得分
workbook-your-possible = 您的滿分
workbook-provider-points = 提供者得分
workbook-provider-possible = 提供者滿分
workbook-excluded-because = 排除理由

# Actions.
workbook-owner = 負責方
workbook-type = 類型
workbook-implementation = 實作
workbook-test = 測試結果
workbook-tested-by = 測試方式
workbook-implemented-on = 實作日期
workbook-tested-on = 測試日期
workbook-fresh-until = 測試有效至
workbook-places = 位置
workbook-worth = 配分
workbook-earned-share = 得分率
workbook-assured-share = 有證據比率
workbook-unassessed-share = 未評估比率
workbook-accepted-until = 風險接受期限
workbook-hours = 工時

# Evidence.
workbook-reference = 參考編號
workbook-counts-from = 計入起始日
workbook-counts-to = 計入截止日
workbook-days-left = 剩餘天數
workbook-where = 所在位置
workbook-action-ids = 依據它的動作

# Trend and next best actions.
workbook-snapshot = 快照
workbook-order = 順序
workbook-assumed = 工時為假設
workbook-after = 前置
