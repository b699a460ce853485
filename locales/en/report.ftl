# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = { $count ->
        [one] Compliance report, 1 tenant
       *[other] Compliance report, { $count } tenants
     }
report-organization = Organization
report-headline = Score { $score }, assurance { $assurance }.
report-headline-range = Score { $score }, up to { $best } if everything unassessed turns out well; assurance { $assurance }.
report-outlook = If nothing is renewed, the assurance is { $percent } by { $date }.
report-at-best = At best
report-statuses = Controls: { $list }
report-controls = Controls
report-domains = Domains
report-left-out = { $count ->
        [one] 1 more row; `--full` writes all of them.
       *[other] { $count } more rows; `--full` writes all of them.
     }
report-figures-alone = `--full` writes everything.
report-overview = A comment has no room for each of them; `--full` writes everything.
report-and-more = { $items } and { $count } more

# What is missing.
report-missing = What is missing
report-nothing-missing = Nothing is missing.
report-kind = Kind
report-findings = Gaps
report-rows = Rows of the gap report
report-gaps-first = The { $shown } gaps with the most points, of { $count }
report-gaps-all = { $count ->
        [one] The only gap
       *[other] All { $count } gaps, the most points first
     }
report-open-controls = { $count ->
        [one] The only control that is not covered
       *[other] The { $count } controls that are not covered
     }

# What lapses, and the evidence.
report-lapses = What lapses by { $date }
report-nothing-lapses = Nothing lapses by { $date }.
report-last-day = Last day
report-event = What happens
report-item = Item
report-resting = Points that rest on it
report-evidence = { $count ->
        [one] The only item of evidence
       *[other] The evidence register, { $count } items
     }
report-from = Valid from
report-to = Valid until
report-alone = Assured by it alone
report-actions = Actions

# What to do next.
report-next = Next best actions
report-next-line = { $hours ->
        [one] 1 hour of work gains { $points } points: the score is { $percent } then.
       *[other] { $hours } hours of work gain { $points } points: the score is { $percent } then.
     }
report-nothing-next = { $hours ->
        [one] No open work fits within 1 hour.
       *[other] No open work fits within { $hours } hours.
     }
report-no-open-work = There is no open work.
report-work = Work
report-hours = Hours
report-gain = Gain
report-then = Score then

# What became of it.
report-trend = Trend
report-date = Date
report-since = What changed since { $date }
report-unchanged = Nothing moved the figures since { $date }.
report-cause = Cause
report-assured = Assured
report-together = Together
