# The page as a whole.
html-title = Compliance report
html-as-of = as of { $date }
html-skip = Skip to the content
html-contents = Contents
html-print = Print
html-dark = Dark
html-foot = Made by annexa { $version } from the organization's own profile.
html-not-a-certificate = A score is a measure of work, not a certificate.

# Several tenants.
html-overview = Overview
html-about-tenants = { $count } tenants as of { $date }
html-organization = Organization
html-by-domain = { $title }: score by domain

# The summary.
html-summary = Summary
html-score = Score
html-up-to = up to { $percent } if everything unassessed turns out well
html-bar = Score { $score }, of which { $assurance } with current proof; up to { $best } with what nobody has assessed
html-key-achieved = earned
html-key-assured = with current proof
html-key-unassessed = not assessed
html-key-target = target
html-assurance = Assurance
html-outlook = { $percent } by { $date } if nothing is renewed
html-your-side = Your side
html-provider-side = Provider
html-side-points = { $achieved } of { $possible } points
html-points-missing = { $points } points missing
html-lapses-soon = About to lapse
html-within = within { $days } days
html-assessments = Assessments
html-assessment = Assessment
html-group = Group
html-target = Target
html-met = met
html-not-met = not met
html-points = Points

# Domains.
html-domains = Domains
html-domain = Domain
html-domains-what = An action that serves several domains counts in each of them.
html-missing = Points missing
html-covered = Covered

# The map of controls, and the sheets of actions.
html-controls = Controls
html-control = Control
html-controls-what = Each cell opens to the control's actions, with their statuses, evidence and proof.
html-sheets-what = Beside each action stand the points earned of those it is worth and, after a dot, those with current proof where they are fewer; after an arrow, the last day on which a test counts.
html-services = evidence names { $attested } of { $all } services
html-controls-few = The report on this tenant alone has the actions behind each control.
html-controls-groups = Marks in this order:
html-tests = tests: { $status }
html-carried-by = Carried by
html-lacking = missing: { $where }
html-excluded-because = reason: { $why }
html-proof = { $worth } points × { $share } = { $earned }
html-test = test: { $result }
html-due-on = due { $date }
html-status-of = by the status of { $action }
html-conflict = two statuses contradict each other; the lower one counts
html-risk-accepted = risk accepted by { $who } until { $date }

# The shared-responsibility matrix.
html-sides = Responsibility
html-sides-what = Points missing on either side of each control; ✓ where nothing is missing.

# The gap report.
html-gaps = Gaps
html-gaps-what = Each finding once; the CSV has a row for each control that it stands on.
html-gaps-top = The findings with the most points at stake.
html-gaps-no-script = Search, filters, sorting and the CSV need JavaScript; everything can be read without it.
html-gaps-shown = { $shown } of { $all } findings
html-search = Search
html-kind = Kind
html-owner = Owner
html-assignee = Assigned to
html-all = all
html-reset = Reset
html-csv = Download CSV (rows: { $rows })
html-action = Action
html-actions = Actions
html-due = Due
html-at-stake = Points at stake

# The evidence register.
html-evidence = Evidence
html-lapses = What lapses if nobody renews it
html-last-day = Last day
html-what = What
html-what-happens = What happens
html-register = Evidence register
html-evidence-item = Evidence
html-state = State
html-ending = lapses soon
html-valid-from = Valid from
html-valid-to = Valid to
html-period = Period

# Trend and attribution.
html-trend = Trend
html-trend-chart = Score and assurance over time; the table below has the figures.
html-trend-one = One date is recorded; with a second one there is a trend.
html-change = From { $from } to { $to } since { $since }
html-why = Why it changed
html-cause = Cause
html-achieved = Earned
html-assured = With current proof
html-possible = Possible
html-recorded = Recorded scores
html-date = Date

# The next best actions.
html-next = Next actions
html-plan = { $hours } hours of work raise the figure from { $before } to { $after }.
html-work = Work
html-hours = Hours
html-gain = Gain
html-then = Then
