# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = 제외됨
control-status-unmapped = 매핑된 작업 없음
control-status-not-in-scope = 범위 외
control-status-covered = 충족
control-status-partial = 일부 충족
control-status-gap = 격차

# How the tests of a control roll up.
test-status-failed = 실패
test-status-not-in-scope = 범위 외
test-status-passed = 통과
test-status-none = 테스트 없음
test-status-in-progress = 진행 중

# Who carries a control.
responsibility-customer = 고객
responsibility-provider = 공급자
responsibility-shared = 공동

# Which half of a shared control is missing.
shared-gap-customer-side = 고객 측
shared-gap-provider-side = 공급자 측
shared-gap-both-sides = 양측

# Why something is reported as a gap.
gap-kind-not-assessed = 평가되지 않음
gap-kind-not-implemented = 구현되지 않음
gap-kind-planned = 계획됨
gap-kind-test-failed = 테스트 실패
gap-kind-untested = 테스트되지 않음
gap-kind-partial = 부분적
gap-kind-provider-unattested = 공급자 증명 없음
gap-kind-service-not-certified = 인증되지 않은 서비스
gap-kind-evidence-missing = 증거 없음
gap-kind-evidence-expired = 증거 만료
gap-kind-evidence-expiring = 증거 만료 예정
gap-kind-test-stale = 오래된 테스트
gap-kind-conflicting-status = 상태 충돌
gap-kind-unmapped-control = 매핑되지 않은 통제
gap-kind-inheritance-unsupported = 근거 없는 상속
gap-kind-exclusion-unjustified = 근거 없는 제외
gap-kind-risk-accepted = 위험 수용

# Whose work it is.
owner-customer = 고객
owner-provider = 공급자

# What kind of work an action is.
action-type-technical = 기술
action-type-documentation = 문서화
action-type-operational = 운영

# What an action is for.
purpose-preventative = 예방
purpose-detective = 탐지
purpose-corrective = 교정

# Whether an action binds users without their doing.
enforcement-mandatory = 필수
enforcement-discretionary = 임의

# What a control is.
control-kind-clause = 요구사항
control-kind-annex-a = 부속서 A
control-kind-control = 통제

# How far an action has been put into practice.
implementation-not-implemented = 구현되지 않음
implementation-planned = 계획됨
implementation-implemented = 구현됨
implementation-alternative = 대체 구현
implementation-not-in-scope = 범위 외

# What a test of an action showed.
test-none = 테스트되지 않음
test-in-progress = 진행 중
test-passed = 통과
test-failed-low = 실패(낮은 위험)
test-failed-medium = 실패(중간 위험)
test-failed-high = 실패(높은 위험)
test-partially-tested = 부분 테스트됨
test-to-be-detected = 감지 예정
test-could-not-be-detected = 감지할 수 없음
test-not-in-scope = 범위 외

# Who tested.
test-source-manual = 수동
test-source-automatic = 자동
test-source-parent = 상위 작업
place-source-manual = 수동
place-source-automatic = 자동

# The risk of a failed test.
risk-low = 낮음
risk-medium = 중간
risk-high = 높음

# How something stands.
state-covered = 충족
state-partial = 일부 충족
state-gap = 격차
state-not-assessed = 평가되지 않음
state-excluded = 제외됨
state-unmapped = 매핑된 작업 없음
state-not-in-scope = 범위 외
state-not-applicable = 해당 없음
state-not-used = 사용 안 함
state-attested = 증명됨
state-unattested = 증명되지 않음
state-retired = 종료됨
state-external = 외부
state-current = 유효
state-lapsed = 만료됨
state-not-yet = 아직 아님

# What a link of a graph says of its ends.
link-kind-contains = 포함
link-kind-served-by = 이행 작업
link-kind-depends-on = 선행 작업
link-kind-takes-status-from = 상태 출처
link-kind-concerns = 대상 서비스
link-kind-proved-by = 입증 증거
link-kind-named-by = 명시한 증거

# What is done about an action.
work-kind-do = 수행
work-kind-retest = 재테스트
work-kind-prove = 증명
work-kind-renew = 갱신

# What a plan is to raise.
objective-score = 점수
objective-assurance = 보증
objective-controls = 통제

# What a provider's evidence is.
provider-evidence-kind-certificate = 인증서
provider-evidence-kind-audit-report = 감사 보고서
provider-evidence-kind-statement-of-applicability = 적용성 보고서
provider-evidence-kind-bridge-letter = 브리지 레터

# What lapses.
lapse-kind-evidence = 증거
lapse-kind-test = 테스트
lapse-kind-risk-acceptance = 수용한 위험

# Why a figure changed.
cause-work-done = 수행한 작업
cause-work-undone = 되돌려진 작업
cause-newly-assessed = 새로 평가됨
cause-currency = 증거의 최신성
cause-scope = 범위
cause-template = 템플릿
cause-new-assessments = 새 평가

# Whether an edition is in force.
framework-status-current = 유효
framework-status-withdrawn = 폐지됨

# What happens on a date to come.
event-kind-evidence-lapsed = 증거 만료
event-kind-audit-cycle-ended = 심사 주기 종료
event-kind-test-lapsed = 테스트가 오래됨
event-kind-acceptance-lapsed = 위험 수용 종료
event-kind-service-retired = 서비스 종료
event-kind-evidence-starts = 증거 발효
event-kind-service-named = 서비스 기재
event-kind-status-begins = 상태 적용 시작
event-kind-action-done = 작업 완료

# Whether a control is implemented.
realization-implemented = 구현됨
realization-partly-implemented = 일부 구현됨
realization-planned = 계획됨
realization-not-implemented = 구현되지 않음
realization-not-assessed = 평가되지 않음

# Whether a Statement of Applicability is in force.
statement-status-draft = 초안
statement-status-approved = 승인됨

# Where a requirement comes from.
requirement-kind-legal = 법규
requirement-kind-contractual = 계약
requirement-kind-business = 사업상
requirement-kind-risk = 위험

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = 보고서 기준일 현재 승인되지 않음
mark-kind-changed-since-approval = 승인 후 통제의 구현 상태가 바뀜
mark-kind-review-overdue = 다음 검토 기한이 지남
mark-kind-exclusion-unjustified = 사유 없이 제외됨
mark-kind-excluded-but-served = 제외되었으나, 다른 통제를 위해 범위에 있는 작업이 이를 뒷받침함
mark-kind-excluded-but-needed = 제외되었으나, 범위 내 작업이 제외된 통제만 요구하는 일을 전제로 함
mark-kind-excluded-but-required = 제외되었으나, 요구사항이 이에 의존함
mark-kind-inclusion-unjustified = 적용되나, 사유가 없음
mark-kind-applicable-out-of-scope = 적용되나, 모든 작업이 범위 외임
mark-kind-inheritance-unsupported = 상속으로 신고되었으나, 공급자가 단독으로 수행하지 않음
mark-kind-rests-on-lapsed-evidence = 만료된 증거에 의존함

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
