# The page as a whole.
html-title = 法規遵循報告
html-as-of = 截至 { $date }
html-skip = 跳至內容
html-contents = 目錄
html-print = 列印
html-dark = 深色
html-foot = 由 annexa { $version } 依組織自己的設定檔產生。
html-not-a-certificate = 分數衡量已完成的工作，並非認證。

# Several tenants.
html-overview = 總覽
html-about-tenants = 截至 { $date } 的 { $count } 個租用戶
html-organization = 組織
html-by-domain = { $title }：各領域分數

# The summary.
html-summary = 摘要
html-score = 分數
html-up-to = 若未評估的項目皆良好，最高可達 { $percent }
html-bar = 分數 { $score }，其中有有效證據者 { $assurance }；含未評估部分最高 { $best }
html-key-achieved = 已取得
html-key-assured = 有有效證據
html-key-unassessed = 未評估
html-key-target = 目標
html-assurance = 保證
html-outlook = 若不更新，至 { $date } 為 { $percent }
html-your-side = 您這一端
html-provider-side = 提供者
html-side-points = { $possible } 點中的 { $achieved } 點
html-points-missing = 缺少 { $points } 點
html-lapses-soon = 即將到期
html-within = { $days } 天內
html-assessments = 評估
html-assessment = 評估
html-group = 群組
html-target = 目標
html-met = 達成
html-not-met = 未達成
html-points = 點數

# Domains.
html-domains = 領域
html-domain = 領域
html-domains-what = 涉及多個領域的動作在各領域中都會計入。
html-missing = 缺少點數
html-covered = 已涵蓋

# The map of controls, and the sheets of actions.
html-controls = 控制措施
html-control = 控制措施
html-controls-what = 展開每一格可檢視該控制措施的動作、狀態、證據與計算依據。
html-sheets-what = 各動作旁為已取得點數／滿分；若有有效證據的點數較少，則列於間隔點之後；箭頭後為測試有效的最後一日。
html-services = { $all } 項服務中有 { $attested } 項具證據
html-controls-few = 各控制措施背後的動作見該租用戶的單獨報告。
html-controls-groups = 標示順序：
html-tests = 測試：{ $status }
html-carried-by = 負責方
html-lacking = 缺少：{ $where }
html-excluded-because = 理由：{ $why }
html-proof = { $worth } 點 × { $share } = { $earned }
html-test = 測試：{ $result }
html-due-on = 期限 { $date }
html-status-of = 依 { $action } 的狀態
html-conflict = 兩個狀態互相矛盾，採計較低者
html-risk-accepted = { $who } 接受風險至 { $date }

# The shared-responsibility matrix.
html-sides = 責任分擔
html-sides-what = 各控制措施雙方缺少的點數；✓ 表示沒有缺少。

# The gap report.
html-gaps = 缺口
html-gaps-what = 每項發現列一次；CSV 中每個相關的控制措施各有一列。
html-gaps-top = 影響點數最多的發現。
html-gaps-no-script = 搜尋、篩選、排序與 CSV 需要 JavaScript；不用也能閱讀全部內容。
html-gaps-shown = { $all } 項發現中的 { $shown } 項
html-search = 搜尋
html-kind = 類型
html-owner = 負責人
html-assignee = 指派給
html-all = 全部
html-reset = 重設
html-csv = 下載 CSV（{ $rows } 列）
html-action = 動作
html-actions = 動作
html-due = 期限
html-at-stake = 影響點數

# The evidence register.
html-evidence = 證據
html-lapses = 若無人更新即將到期者
html-last-day = 最後一日
html-what = 項目
html-what-happens = 會發生什麼
html-register = 證據登錄表
html-evidence-item = 證據
html-state = 狀態
html-ending = 即將到期
html-valid-from = 生效日
html-valid-to = 有效期限
html-period = 期間

# Trend and attribution.
html-trend = 趨勢
html-trend-chart = 分數與保證隨時間的變化；數字見下表。
html-trend-one = 僅記錄了一個日期；有第二個日期後才有趨勢。
html-change = 自 { $since } 起由 { $from } 變為 { $to }
html-why = 變化原因
html-cause = 原因
html-achieved = 已取得
html-assured = 有有效證據
html-possible = 滿分
html-recorded = 已記錄的分數
html-date = 日期

# The next best actions.
html-next = 後續動作
html-plan = { $hours } 小時的工作可使數值由 { $before } 提升至 { $after }。
html-work = 工作
html-hours = 小時
html-gain = 增加
html-then = 之後
