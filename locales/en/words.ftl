# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = excluded
control-status-unmapped = unmapped
control-status-not-in-scope = not in scope
control-status-covered = covered
control-status-partial = partial
control-status-gap = gap

# How the tests of a control roll up.
test-status-failed = failed
test-status-not-in-scope = not in scope
test-status-passed = passed
test-status-none = none
test-status-in-progress = in progress

# Who carries a control.
responsibility-customer = customer
responsibility-provider = provider
responsibility-shared = shared

# Which half of a shared control is missing.
shared-gap-customer-side = customer side
shared-gap-provider-side = provider side
shared-gap-both-sides = both sides

# Why something is reported as a gap.
gap-kind-not-assessed = not assessed
gap-kind-not-implemented = not implemented
gap-kind-planned = planned
gap-kind-test-failed = test failed
gap-kind-untested = untested
gap-kind-partial = partial
gap-kind-provider-unattested = provider unattested
gap-kind-service-not-certified = service not certified
gap-kind-evidence-missing = evidence missing
gap-kind-evidence-expired = evidence expired
gap-kind-evidence-expiring = evidence expiring
gap-kind-test-stale = test stale
gap-kind-conflicting-status = conflicting status
gap-kind-unmapped-control = unmapped control
gap-kind-inheritance-unsupported = inheritance unsupported
gap-kind-exclusion-unjustified = exclusion unjustified
gap-kind-risk-accepted = risk accepted

# Whose work it is.
owner-customer = customer
owner-provider = provider

# What kind of work an action is.
action-type-technical = technical
action-type-documentation = documentation
action-type-operational = operational

# What an action is for.
purpose-preventative = preventative
purpose-detective = detective
purpose-corrective = corrective

# Whether an action binds users without their doing.
enforcement-mandatory = mandatory
enforcement-discretionary = discretionary

# What a control is.
control-kind-clause = clause
control-kind-annex-a = Annex A
control-kind-control = control

# How far an action has been put into practice.
implementation-not-implemented = not implemented
implementation-planned = planned
implementation-implemented = implemented
implementation-alternative = alternative implementation
implementation-not-in-scope = not in scope

# What a test of an action showed.
test-none = not tested
test-in-progress = in progress
test-passed = passed
test-failed-low = failed, low risk
test-failed-medium = failed, medium risk
test-failed-high = failed, high risk
test-partially-tested = partially tested
test-to-be-detected = to be detected
test-could-not-be-detected = could not be detected
test-not-in-scope = not in scope

# Who tested.
test-source-manual = by hand
test-source-automatic = automatic
test-source-parent = parent
place-source-manual = by hand
place-source-automatic = automatic

# The risk of a failed test.
risk-low = low
risk-medium = medium
risk-high = high

# How something stands.
state-covered = covered
state-partial = partial
state-gap = gap
state-not-assessed = not assessed
state-excluded = excluded
state-unmapped = unmapped
state-not-in-scope = not in scope
state-not-applicable = not applicable
state-not-used = not used
state-attested = attested
state-unattested = unattested
state-retired = retired
state-external = external
state-current = current
state-lapsed = lapsed
state-not-yet = not yet

# What a link of a graph says of its ends.
link-kind-contains = contains
link-kind-served-by = served by
link-kind-depends-on = depends on
link-kind-takes-status-from = takes status from
link-kind-concerns = concerns
link-kind-proved-by = proved by
link-kind-named-by = named by

# What is done about an action.
work-kind-do = do
work-kind-retest = retest
work-kind-prove = prove
work-kind-renew = renew

# What a plan is to raise.
objective-score = score
objective-assurance = assurance
objective-controls = controls

# What a provider's evidence is.
provider-evidence-kind-certificate = certificate
provider-evidence-kind-audit-report = audit report
provider-evidence-kind-statement-of-applicability = Statement of Applicability
provider-evidence-kind-bridge-letter = bridge letter

# What lapses.
lapse-kind-evidence = evidence
lapse-kind-test = test
lapse-kind-risk-acceptance = accepted risk

# Why a figure changed.
cause-work-done = work done
cause-work-undone = work undone
cause-newly-assessed = newly assessed
cause-currency = age of proof
cause-scope = scope
cause-template = template
cause-new-assessments = new assessments

# Whether an edition is in force.
framework-status-current = in force
framework-status-withdrawn = withdrawn

# What happens on a date to come.
event-kind-evidence-lapsed = evidence lapses
event-kind-audit-cycle-ended = audit cycle ends
event-kind-test-lapsed = test grows too old
event-kind-acceptance-lapsed = risk acceptance ends
event-kind-service-retired = service is retired
event-kind-evidence-starts = evidence begins to hold
event-kind-service-named = service is named
event-kind-status-begins = status begins to count
event-kind-action-done = action is done

# Whether a control is implemented.
realization-implemented = implemented
realization-partly-implemented = partly implemented
realization-planned = planned
realization-not-implemented = not implemented
realization-not-assessed = not assessed

# Whether a Statement of Applicability is in force.
statement-status-draft = draft
statement-status-approved = approved

# Where a requirement comes from.
requirement-kind-legal = legal
requirement-kind-contractual = contractual
requirement-kind-business = business
requirement-kind-risk = risk

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = not approved by the day of the statement
mark-kind-changed-since-approval = approved before the implementation of controls changed
mark-kind-review-overdue = the day of the next review has passed
mark-kind-exclusion-unjustified = excluded without a justification
mark-kind-excluded-but-served = excluded, but actions in scope for other controls serve it
mark-kind-excluded-but-needed = excluded, but actions in scope need work that only excluded controls ask for
mark-kind-excluded-but-required = excluded, but requirements depend on it
mark-kind-inclusion-unjustified = applicable, but nothing says why
mark-kind-applicable-out-of-scope = applicable, but all its actions are out of scope
mark-kind-inheritance-unsupported = claimed as inherited, but the provider does not carry it alone
mark-kind-rests-on-lapsed-evidence = rests on evidence that has lapsed

# The months.
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
