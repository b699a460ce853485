# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = 適用除外
control-status-unmapped = 処置の割当てなし
control-status-not-in-scope = 対象外
control-status-covered = 充足
control-status-partial = 一部充足
control-status-gap = ギャップ

# How the tests of a control roll up.
test-status-failed = 不合格
test-status-not-in-scope = 対象外
test-status-passed = 合格
test-status-none = テストなし
test-status-in-progress = 進行中

# Who carries a control.
responsibility-customer = お客様
responsibility-provider = プロバイダー
responsibility-shared = 共同

# Which half of a shared control is missing.
shared-gap-customer-side = お客様側
shared-gap-provider-side = プロバイダー側
shared-gap-both-sides = 双方

# Why something is reported as a gap.
gap-kind-not-assessed = 未評価
gap-kind-not-implemented = 未実装
gap-kind-planned = 計画中
gap-kind-test-failed = テスト不合格
gap-kind-untested = 未テスト
gap-kind-partial = 一部のみ
gap-kind-provider-unattested = プロバイダーの証明なし
gap-kind-service-not-certified = 認証対象外のサービス
gap-kind-evidence-missing = 証拠なし
gap-kind-evidence-expired = 証拠の期限切れ
gap-kind-evidence-expiring = 証拠の期限間近
gap-kind-test-stale = テストが古い
gap-kind-conflicting-status = 状態の矛盾
gap-kind-unmapped-control = 処置のない管理策
gap-kind-inheritance-unsupported = 根拠のない継承
gap-kind-exclusion-unjustified = 理由のない除外
gap-kind-risk-accepted = リスク受容

# Whose work it is.
owner-customer = お客様
owner-provider = プロバイダー

# What kind of work an action is.
action-type-technical = 技術
action-type-documentation = 文書化
action-type-operational = 運用

# What an action is for.
purpose-preventative = 予防
purpose-detective = 検出
purpose-corrective = 是正

# Whether an action binds users without their doing.
enforcement-mandatory = 必須
enforcement-discretionary = 任意

# What a control is.
control-kind-clause = 要求事項
control-kind-annex-a = 附属書A
control-kind-control = 管理策

# How far an action has been put into practice.
implementation-not-implemented = 未実装
implementation-planned = 計画中
implementation-implemented = 実装済み
implementation-alternative = 代替の実装
implementation-not-in-scope = 対象外

# What a test of an action showed.
test-none = 未テスト
test-in-progress = 進行中
test-passed = 合格
test-failed-low = 不合格（リスク低）
test-failed-medium = 不合格（リスク中）
test-failed-high = 不合格（リスク高）
test-partially-tested = 一部テスト済み
test-to-be-detected = 検出待ち
test-could-not-be-detected = 検出できず
test-not-in-scope = 対象外

# Who tested.
test-source-manual = 手動
test-source-automatic = 自動
test-source-parent = 親の処置
place-source-manual = 手動
place-source-automatic = 自動

# The risk of a failed test.
risk-low = 低
risk-medium = 中
risk-high = 高

# How something stands.
state-covered = 充足
state-partial = 一部充足
state-gap = ギャップ
state-not-assessed = 未評価
state-excluded = 適用除外
state-unmapped = 処置の割当てなし
state-not-in-scope = 対象外
state-not-applicable = 該当なし
state-not-used = 未使用
state-attested = 証明あり
state-unattested = 証明なし
state-retired = 提供終了
state-external = 外部
state-current = 有効
state-lapsed = 失効
state-not-yet = 開始前

# What a link of a graph says of its ends.
link-kind-contains = 含む
link-kind-served-by = 実現する処置
link-kind-depends-on = 依存先
link-kind-takes-status-from = 状態の引継ぎ元
link-kind-concerns = 対象サービス
link-kind-proved-by = 裏付ける証拠
link-kind-named-by = 名を挙げる証拠

# What is done about an action.
work-kind-do = 実施
work-kind-retest = 再テスト
work-kind-prove = 証拠の提示
work-kind-renew = 更新

# What a plan is to raise.
objective-score = スコア
objective-assurance = 保証
objective-controls = 管理策

# What a provider's evidence is.
provider-evidence-kind-certificate = 認証書
provider-evidence-kind-audit-report = 監査レポート
provider-evidence-kind-statement-of-applicability = 適用宣言書
provider-evidence-kind-bridge-letter = ブリッジレター

# What lapses.
lapse-kind-evidence = 証拠
lapse-kind-test = テスト
lapse-kind-risk-acceptance = 受容したリスク

# Why a figure changed.
cause-work-done = 実施した作業
cause-work-undone = 取り消された作業
cause-newly-assessed = 新たな評価
cause-currency = 証拠の新旧
cause-scope = 適用範囲
cause-template = テンプレート
cause-new-assessments = 新しいアセスメント

# Whether an edition is in force.
framework-status-current = 有効
framework-status-withdrawn = 廃止

# What happens on a date to come.
event-kind-evidence-lapsed = 証拠の失効
event-kind-audit-cycle-ended = 監査周期の終了
event-kind-test-lapsed = テストが古くなる
event-kind-acceptance-lapsed = リスク受容の終了
event-kind-service-retired = サービスの提供終了
event-kind-evidence-starts = 証拠の有効開始
event-kind-service-named = サービスの記載開始
event-kind-status-begins = 状態の適用開始
event-kind-action-done = 処置の完了

# Whether a control is implemented.
realization-implemented = 実装済み
realization-partly-implemented = 一部実装
realization-planned = 計画中
realization-not-implemented = 未実装
realization-not-assessed = 未評価

# Whether a Statement of Applicability is in force.
statement-status-draft = 草案
statement-status-approved = 承認済み

# Where a requirement comes from.
requirement-kind-legal = 法令
requirement-kind-contractual = 契約
requirement-kind-business = 事業上
requirement-kind-risk = リスク

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = 宣言書の基準日に承認されていない
mark-kind-changed-since-approval = 承認後に管理策の実装状況が変わった
mark-kind-review-overdue = 次回レビュー期限を過ぎている
mark-kind-exclusion-unjustified = 理由なく適用除外
mark-kind-excluded-but-served = 適用除外だが、他の管理策のために対象内の処置が寄与している
mark-kind-excluded-but-needed = 適用除外だが、除外された管理策だけが求める作業を対象内の処置が前提としている
mark-kind-excluded-but-required = 適用除外だが、要求事項が依存している
mark-kind-inclusion-unjustified = 適用だが、理由が示されていない
mark-kind-applicable-out-of-scope = 適用だが、処置がすべて対象外
mark-kind-inheritance-unsupported = 継承と申告されているが、プロバイダーだけでは担っていない
mark-kind-rests-on-lapsed-evidence = 失効した証拠に依拠している

# The months.
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12
