# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = { $date } 現在
text-overall = 全体、アセスメント { $count } 件
text-group = { $title }、グループ { $group }

# The figures.
text-score = スコア
text-target = 目標
text-assurance = 保証
text-your-side = お客様側
text-provider = プロバイダー
text-up-to = 未評価がすべて良好なら最大 { $percent }
text-met = 達成
text-not-met = 未達成
text-assured = { $points } 点は監査人が確認できる証拠に基づく
text-outlook = 何も更新しなければ { $date } には { $percent }
text-semicolon = 、
text-side = { $possible } 点中 { $achieved } 点
text-side-unassessed = { $possible } 点中 { $achieved } 点、未評価 { $unassessed } 点

# Where most is missing, and what lapses.
text-losses = 不足が最も大きい領域
text-loss = { $domain }: { $points } 点
text-lapses = 期限間近
text-lapse = { $date } より後: { $item }（管理策 { $count } 件の証拠）
text-more-items = ほか { $count } 件

# Tables.
text-domain = 領域
text-missing = 不足
text-covered = 充足
text-open-controls = 充足していない管理策: { $count } 件中 { $open } 件
text-open-controls-excluded = 充足していない管理策: { $count } 件中 { $open } 件、適用除外 { $excluded } 件
text-control = 管理策
text-status = 状態
text-coverage = 充足率
text-responsibility = 責任
text-missing-side = 不足している側
text-gap = ギャップ
text-action-or-service = 処置またはサービス
text-points = 点
text-assigned = 担当
text-due = 期日
text-next-step = 次の手順
text-rows = { $count } 行
text-report-hint = ギャップレポート: { $rows } 行、`{ $command }` で出力
text-proof-hint = 根拠: `{ $command }`、または管理策・処置・サービス・証拠のID

# Markdown.
text-all = 全体
text-possible = 満点
text-unassessed = 未評価
text-overall-title = 全体
text-target-line = 目標 { $target }: { $result }
text-points-missing = { $points } 点不足
text-lapses-after = { $date } より後に失効
text-action = 処置
text-service = サービス
text-control-not-covered = 充足していない管理策
