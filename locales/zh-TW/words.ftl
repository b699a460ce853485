# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = 已排除
control-status-unmapped = 未對應動作
control-status-not-in-scope = 不在範圍內
control-status-covered = 已涵蓋
control-status-partial = 部分涵蓋
control-status-gap = 缺口

# How the tests of a control roll up.
test-status-failed = 未通過
test-status-not-in-scope = 不在範圍內
test-status-passed = 通過
test-status-none = 未測試
test-status-in-progress = 進行中

# Who carries a control.
responsibility-customer = 客戶
responsibility-provider = 提供者
responsibility-shared = 共同

# Which half of a shared control is missing.
shared-gap-customer-side = 客戶端
shared-gap-provider-side = 提供者端
shared-gap-both-sides = 雙方

# Why something is reported as a gap.
gap-kind-not-assessed = 未評估
gap-kind-not-implemented = 未實作
gap-kind-planned = 已規劃
gap-kind-test-failed = 測試未通過
gap-kind-untested = 未測試
gap-kind-partial = 部分
gap-kind-provider-unattested = 提供者未獲證明
gap-kind-service-not-certified = 服務未獲認證
gap-kind-evidence-missing = 缺少證據
gap-kind-evidence-expired = 證據已過期
gap-kind-evidence-expiring = 證據即將到期
gap-kind-test-stale = 測試已過時
gap-kind-conflicting-status = 狀態衝突
gap-kind-unmapped-control = 未對應的控制措施
gap-kind-inheritance-unsupported = 繼承無依據
gap-kind-exclusion-unjustified = 排除無理由
gap-kind-risk-accepted = 已接受風險

# Whose work it is.
owner-customer = 客戶
owner-provider = 提供者

# What kind of work an action is.
action-type-technical = 技術
action-type-documentation = 文件
action-type-operational = 營運

# What an action is for.
purpose-preventative = 預防
purpose-detective = 偵測
purpose-corrective = 矯正

# Whether an action binds users without their doing.
enforcement-mandatory = 強制
enforcement-discretionary = 自主

# What a control is.
control-kind-clause = 條文
control-kind-annex-a = 附錄 A
control-kind-control = 控制措施

# How far an action has been put into practice.
implementation-not-implemented = 未實作
implementation-planned = 已規劃
implementation-implemented = 已實作
implementation-alternative = 替代實作
implementation-not-in-scope = 不在範圍內

# What a test of an action showed.
test-none = 未測試
test-in-progress = 進行中
test-passed = 通過
test-failed-low = 未通過（低風險）
test-failed-medium = 未通過（中風險）
test-failed-high = 未通過（高風險）
test-partially-tested = 部分測試
test-to-be-detected = 待偵測
test-could-not-be-detected = 無法偵測
test-not-in-scope = 不在範圍內

# Who tested.
test-source-manual = 手動
test-source-automatic = 自動
test-source-parent = 父動作
place-source-manual = 手動
place-source-automatic = 自動

# The risk of a failed test.
risk-low = 低
risk-medium = 中
risk-high = 高

# How something stands.
state-covered = 已涵蓋
state-partial = 部分涵蓋
state-gap = 缺口
state-not-assessed = 未評估
state-excluded = 已排除
state-unmapped = 未對應動作
state-not-in-scope = 不在範圍內
state-not-applicable = 不適用
state-not-used = 未使用
state-attested = 已獲證明
state-unattested = 未獲證明
state-retired = 已停用
state-external = 外部
state-current = 有效
state-lapsed = 已失效
state-not-yet = 尚未生效

# What a link of a graph says of its ends.
link-kind-contains = 包含
link-kind-served-by = 對應動作
link-kind-depends-on = 相依於
link-kind-takes-status-from = 狀態取自
link-kind-concerns = 涉及服務
link-kind-proved-by = 佐證
link-kind-named-by = 列名證據

# What is done about an action.
work-kind-do = 執行
work-kind-retest = 重新測試
work-kind-prove = 提出證據
work-kind-renew = 更新

# What a plan is to raise.
objective-score = 分數
objective-assurance = 保證
objective-controls = 控制措施

# What a provider's evidence is.
provider-evidence-kind-certificate = 憑證
provider-evidence-kind-audit-report = 稽核報告
provider-evidence-kind-statement-of-applicability = 適用性聲明
provider-evidence-kind-bridge-letter = 銜接信函

# What lapses.
lapse-kind-evidence = 證據
lapse-kind-test = 測試
lapse-kind-risk-acceptance = 已接受的風險

# Why a figure changed.
cause-work-done = 已完成的工作
cause-work-undone = 回復的工作
cause-newly-assessed = 新評估
cause-currency = 證據時效
cause-scope = 範圍
cause-template = 範本
cause-new-assessments = 新評定

# Whether an edition is in force.
framework-status-current = 現行
framework-status-withdrawn = 已廢止

# What happens on a date to come.
event-kind-evidence-lapsed = 證據失效
event-kind-audit-cycle-ended = 稽核週期結束
event-kind-test-lapsed = 測試過時
event-kind-acceptance-lapsed = 風險接受結束
event-kind-service-retired = 服務停用
event-kind-evidence-starts = 證據生效
event-kind-service-named = 服務列名
event-kind-status-begins = 狀態生效
event-kind-action-done = 動作完成

# Whether a control is implemented.
realization-implemented = 已實作
realization-partly-implemented = 部分實作
realization-planned = 已規劃
realization-not-implemented = 未實作
realization-not-assessed = 未評估

# Whether a Statement of Applicability is in force.
statement-status-draft = 草案
statement-status-approved = 已核准

# Where a requirement comes from.
requirement-kind-legal = 法規
requirement-kind-contractual = 契約
requirement-kind-business = 業務
requirement-kind-risk = 風險

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = 於聲明基準日尚未核准
mark-kind-changed-since-approval = 核准後控制措施的實作狀態已變更
mark-kind-review-overdue = 已逾下次審查期限
mark-kind-exclusion-unjustified = 無理由排除
mark-kind-excluded-but-served = 已排除，但為其他控制措施而在範圍內的動作仍支援它
mark-kind-excluded-but-needed = 已排除，但範圍內的動作以僅由被排除的控制措施所要求的工作為前提
mark-kind-excluded-but-required = 已排除，但有要求事項依賴它
mark-kind-inclusion-unjustified = 適用，但未說明理由
mark-kind-applicable-out-of-scope = 適用，但其動作皆不在範圍內
mark-kind-inheritance-unsupported = 宣告為繼承，但提供者並未單獨承擔
mark-kind-rests-on-lapsed-evidence = 依據已失效的證據

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
