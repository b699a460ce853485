# Progress for a manager: `annexa history report`.

progress-title = { $organization }（{ $tenant }）：自 { $from } 至 { $to } 的進展

# From which state to which.
progress-span = 起點為 { $from }，終點為 { $to }。
progress-span-first = 起點為 { $from }（最早的一份；沒有 { $since } 或更早的快照），終點為 { $to }。
progress-span-before = 起點為 { $from }（{ $since } 之前的最後一份），終點為 { $to }。
progress-snapshot = { $date } 的快照 { $id }
progress-profile = { $date } 的設定檔
progress-between = 其間有 { $count } 份快照。

# The sections.
progress-then-and-now = 當時與現在
progress-better = 改善的項目
progress-nothing-better = 沒有改善的項目。
progress-worse = 惡化的項目
progress-nothing-worse = 沒有惡化的項目。
progress-lapses = 接下來失效的項目
progress-team = 團隊完成的工作
progress-no-team = 沒有進展的動作，也沒有更新的證據。
progress-pace = 進展速度
progress-rounding = 分數四捨五入至小數第一位，進展速度依絕對值四捨五入；目標及其日期則精確計算。

# Tables.
progress-then = 當時
progress-now = 現在
progress-points-earned = 得分
progress-points-assured = 證據有效的分數
progress-points-possible = 滿分
progress-proof = 證據
progress-assessed-in = 評定
progress-provider = 提供者
progress-last-day = 最後有效日
progress-what = 類型
progress-of = 對象
progress-controls = 控制措施
progress-first-of = { $first } 及其他 { $count } 項
progress-moved-up = 有進展的動作
progress-proof-renewed = 更新的證據
progress-nobody = （未指定負責人）
progress-more = 另有 { $count } 項；完整內容見 JSON。

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause }（{ $count } 項動作）：{ $parts }；分數上升 { $percent } 個百分點。
progress-cause-falls = { $cause }（{ $count } 項動作）：{ $parts }；分數下降 { $percent } 個百分點。
progress-cause-stays = { $cause }（{ $count } 項動作）：{ $parts }；分數不變。
progress-cause-unscored = { $cause }（{ $count } 項動作）：{ $parts }；其中一個狀態沒有分數。
progress-earned = 得分增加 { $points } 分
progress-lost = 得分減少 { $points } 分
progress-more-possible = 滿分增加 { $points } 分
progress-less-possible = 滿分減少 { $points } 分
progress-proof-gained = 有證據的分數增加 { $points } 分
progress-proof-lost = 有證據的分數減少 { $points } 分
progress-no-points = 分數無增減

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = 若均未更新，保證將於 { $by } 前由 { $now } 降至 { $then }。
progress-assurance-lasts = { $days } 天內沒有失效的項目；至 { $by } 的保證為 { $then }。
progress-assurance-holds = 失效的項目本身不會降低保證：至 { $by } 為 { $then }，目前為 { $now }。

# How fast it went.
progress-no-pace = 兩個狀態的日期相同，因此沒有進展速度。
progress-pace-none = { $days } 天內分數沒有增減。
progress-pace-gained = { $days } 天內增加 { $points } 分：每 30 天 { $monthly } 分。
progress-pace-lost = { $days } 天內減少 { $points } 分：每 30 天 { $monthly } 分。
progress-no-part = 範圍、程式庫及新增或移除的評定所致的增減（{ $points } 分）不計入進展速度。
progress-score-stays = 以每 30 天百分之一個百分點計，分數不變。
progress-score-rises = 分數每 30 天上升 { $percent } 個百分點。
progress-score-falls = 分數每 30 天下降 { $percent } 個百分點。
progress-lapsed = 失效使 { $points } 分失去證據，每 30 天 { $monthly } 分；沒有任何更新。
progress-lapsed-renewed = 失效使 { $points } 分失去證據，每 30 天 { $monthly } 分；更新使 { $renewed } 分恢復。
progress-renewed = 沒有因失效而失去的證據；更新使 { $renewed } 分恢復。
progress-neither = 沒有因失效而失去的證據；沒有任何更新。

# Targets: where each stands, and when it is met at that pace.
progress-no-target = 設定檔的評定與 --target 均未設定目標。
progress-target-met = { $of ->
        [all] 整體目標 { $target } 截至 { $date } 已達成。
        [one] { $title } 的目標 { $target } 截至 { $date } 已達成。
       *[group] { $title }（群組 { $group }）的目標 { $target } 截至 { $date } 已達成。
     }
progress-target-lacks = { $of ->
        [all] 整體目標 { $target } 尚缺 { $missing } 分。
        [one] { $title } 的目標 { $target } 尚缺 { $missing } 分。
       *[group] { $title }（群組 { $group }）的目標 { $target } 尚缺 { $missing } 分。
     }
progress-target-unscored = { $of ->
        [all] 整體目標 { $target } 無從判斷是否達成：沒有計算的對象，因此沒有分數。
        [one] { $title } 的目標 { $target } 無從判斷是否達成：沒有計算的對象，因此沒有分數。
       *[group] { $title }（群組 { $group }）的目標 { $target } 無從判斷是否達成：沒有計算的對象，因此沒有分數。
     }
progress-expected = 若截至 { $today } 的 { $days } 天進展速度維持不變，且分母不變，將於 { $on } 達成。
progress-distant = 若截至 { $today } 的 { $days } 天進展速度維持不變，且分母不變，一百年內不會達成。
progress-standstill = 截至 { $today } 的 { $days } 天內沒有增加分數；以此速度永遠不會達成。
progress-falling = 截至 { $today } 的 { $days } 天內分數減少；以此速度永遠不會達成。
progress-one-date = 只有一個日期的狀態，沒有進展速度，因此無法得知達成日。
progress-unlike = 此期間因範圍、程式庫或評定的變動，計算的對象已改變，因此沒有本目標自身的進展速度，也無法得知達成日。
