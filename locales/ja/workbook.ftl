# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = コンプライアンスレポート
workbook-sheet-summary = 概要
workbook-sheet-assessments = アセスメント
workbook-sheet-domains = 領域
workbook-sheet-kinds = 種類別の不足
workbook-sheet-controls = 管理策
workbook-sheet-gaps = ギャップ
workbook-sheet-actions = 処置
workbook-sheet-evidence = 証拠
workbook-sheet-trend = 推移
workbook-sheet-next = 次に行う処置

# The summary.
workbook-as-of = 基準日
workbook-tenant = テナント
workbook-made-by = 作成
workbook-assessment = アセスメント
workbook-assessments = アセスメントの数
workbook-side = 側
workbook-target-status = 目標の達成
workbook-outlook = 何も更新しない場合の { $date } の保証
workbook-outlook-plain = 何も更新しない場合の保証
workbook-chart-domains = 領域別のスコアと保証
workbook-chart-kinds = 種類別のギャップ
workbook-chart-trend = スコアと保証の推移
workbook-chart-tenants = テナント別のスコアと保証

# Columns of several sheets.
workbook-framework = フレームワーク
workbook-group = グループ
workbook-points = 得点
workbook-title-of-it = 名称
workbook-id = ID
workbook-services = サービス
workbook-notes = 備考
workbook-yes = はい

# Controls.
workbook-tests = テスト
workbook-your-points = お客様の得点
workbook-your-possible = お客様の満点
workbook-provider-points = プロバイダーの得点
workbook-provider-possible = プロバイダーの満点
workbook-excluded-because = 適用除外の理由

# Actions.
workbook-owner = 担当側
workbook-type = 種別
workbook-implementation = 実施
workbook-test = テスト結果
workbook-tested-by = テスト方法
workbook-implemented-on = 実施日
workbook-tested-on = テスト日
workbook-fresh-until = テストの有効期限
workbook-places = 場所
workbook-worth = 配点
workbook-earned-share = 獲得率
workbook-assured-share = 証拠あり率
workbook-unassessed-share = 未評価率
workbook-accepted-until = リスク受容の期限
workbook-hours = 作業時間

# Evidence.
workbook-reference = 参照番号
workbook-counts-from = 効力の開始日
workbook-counts-to = 効力の最終日
workbook-days-left = 残り日数
workbook-where = 所在
workbook-action-ids = 依存する処置

# Trend and next best actions.
workbook-snapshot = スナップショット
workbook-order = 順番
workbook-assumed = 時間は仮定
workbook-after = 前提
