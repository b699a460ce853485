# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = as of { $date }
text-overall = Overall, { $count } assessments
text-group = { $title }, group { $group }

# The figures.
text-score = Score
text-target = Target
text-assurance = Assurance
text-your-side = Your side
text-provider = Provider
text-up-to = up to { $percent } if everything unassessed turns out well
text-met = met
text-not-met = not met
text-assured = { $points } points rest on proof that an auditor could see
text-outlook = { $percent } by { $date } if nothing is renewed
text-semicolon = ;{" "}
text-side = { $achieved } of { $possible } points
text-side-unassessed = { $achieved } of { $possible } points, { $unassessed } unassessed

# Where most is missing, and what lapses.
text-losses = Most is missing in
text-loss = { $domain }: { $points } points
text-lapses = About to lapse
text-lapse = after { $date }: { $item }, proof for { $count ->
        [one] 1 control
       *[other] { $count } controls
     }
text-more-items = and { $count } more items

# Tables.
text-domain = Domain
text-missing = Missing
text-covered = Covered
text-open-controls = Controls not covered: { $open } of { $count }
text-open-controls-excluded = Controls not covered: { $open } of { $count }; { $excluded } excluded
text-control = Control
text-status = Status
text-coverage = Coverage
text-responsibility = Responsibility
text-missing-side = Missing side
text-gap = Gap
text-action-or-service = Action or service
text-points = Points
text-assigned = Assigned
text-due = Due
text-next-step = Next step
text-rows = { $count ->
        [one] 1 row
       *[other] { $count } rows
     }
text-report-hint = Gap report: { $rows } rows, written by `{ $command }`
text-proof-hint = Proof: `{ $command }`, or any control, action, service or evidence id

# Markdown.
text-all = All
text-possible = Possible
text-unassessed = Unassessed
text-overall-title = Overall
text-target-line = Target { $target }: { $result }.
text-points-missing = { $points } points missing
text-lapses-after = lapses after { $date }
text-action = Action
text-service = Service
text-control-not-covered = Control not covered
