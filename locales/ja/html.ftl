# The page as a whole.
html-title = コンプライアンス報告書
html-as-of = { $date }時点
html-skip = 本文へ移動
html-contents = 目次
html-print = 印刷
html-dark = ダーク表示
html-foot = annexa { $version } が組織自身のプロファイルから作成しました。
html-not-a-certificate = スコアは取り組みの度合いを示すもので、認証ではありません。

# Several tenants.
html-overview = 概要
html-about-tenants = { $date }時点の { $count } テナント
html-organization = 組織
html-by-domain = { $title }：ドメイン別スコア

# The summary.
html-summary = 要約
html-score = スコア
html-up-to = 未評価の項目がすべて良好なら最大 { $percent }
html-bar = スコア { $score }、うち有効な証拠があるもの { $assurance }、未評価分を含めると最大 { $best }
html-key-achieved = 獲得済み
html-key-assured = 有効な証拠あり
html-key-unassessed = 未評価
html-key-target = 目標
html-assurance = 保証
html-outlook = 更新しなければ { $date } には { $percent }
html-your-side = お客様側
html-provider-side = プロバイダー
html-side-points = { $possible } ポイント中 { $achieved }
html-points-missing = 不足 { $points } ポイント
html-lapses-soon = まもなく失効
html-within = { $days } 日以内
html-assessments = 評価
html-assessment = 評価
html-group = グループ
html-target = 目標
html-met = 達成
html-not-met = 未達成
html-points = ポイント

# Domains.
html-domains = ドメイン
html-domain = ドメイン
html-domains-what = 複数のドメインに関わる処置は、それぞれで数えます。
html-missing = 不足ポイント
html-covered = 充足

# The map of controls, and the sheets of actions.
html-controls = 管理策
html-control = 管理策
html-controls-what = 各セルを開くと、管理策の処置とその状態、証拠、算定根拠が表示されます。
html-sheets-what = 各処置の横は獲得ポイント／満点。有効な証拠のあるポイントがそれより少なければ「·」の後に示します。矢印の後はテストが有効な最終日です。
html-services = { $all } サービス中 { $attested } 件に証拠あり
html-controls-few = 各管理策の処置は、このテナントだけの報告書に記載されます。
html-controls-groups = 表示の順序：
html-tests = テスト：{ $status }
html-carried-by = 担当
html-lacking = 不足：{ $where }
html-excluded-because = 理由：{ $why }
html-proof = { $worth } ポイント × { $share } = { $earned }
html-test = テスト：{ $result }
html-due-on = 期限 { $date }
html-status-of = { $action } の状態による
html-conflict = 二つの状態が矛盾しており、低い方を採用
html-risk-accepted = { $who } がリスクを受容（{ $date } まで）

# The shared-responsibility matrix.
html-sides = 責任分担
html-sides-what = 各管理策で双方に不足しているポイント。✓ は不足なし。

# The gap report.
html-gaps = ギャップ
html-gaps-what = 指摘事項ごとに一行です。CSV では関係する管理策ごとに一行になります。
html-gaps-top = 影響するポイントが最も大きい指摘事項。
html-gaps-no-script = 検索、絞り込み、並べ替え、CSV には JavaScript が必要です。閲覧はなくてもできます。
html-gaps-shown = { $all } 件中 { $shown } 件
html-search = 検索
html-kind = 種類
html-owner = 責任者
html-assignee = 担当者
html-all = すべて
html-reset = リセット
html-csv = CSV をダウンロード（{ $rows } 行）
html-action = 処置
html-actions = 処置
html-due = 期限
html-at-stake = 影響ポイント

# The evidence register.
html-evidence = 証拠
html-lapses = 更新しなければ失効するもの
html-last-day = 最終日
html-what = 対象
html-what-happens = 起こること
html-register = 証拠台帳
html-evidence-item = 証拠
html-state = 状態
html-ending = まもなく失効
html-valid-from = 有効期間の開始
html-valid-to = 有効期限
html-period = 期間

# Trend and attribution.
html-trend = 推移
html-trend-chart = スコアと保証の推移。数値は下の表のとおり。
html-trend-one = 記録は一日分のみです。二日目から推移を示します。
html-change = { $since } 以降、{ $from } から { $to } へ
html-why = 変化の理由
html-cause = 原因
html-achieved = 獲得
html-assured = 有効な証拠あり
html-possible = 満点
html-recorded = 記録されたスコア
html-date = 日付

# The next best actions.
html-next = 次の処置
html-plan = { $hours } 時間の作業で { $before } から { $after } に上がります。
html-work = 作業
html-hours = 時間
html-gain = 増加
html-then = その後
