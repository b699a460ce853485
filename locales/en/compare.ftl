# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = from { $from } to { $to }
compare-title-as-of = { $organization }, as of { $date }
compare-title-from-to = { $organization }, from { $from } to { $to }
compare-snapshot = { $date } ({ $id })

# The figures.
compare-before = Before
compare-after = After
compare-change = Change
compare-points = Points
compare-assured = Assured

# Why they moved.
compare-nothing = Nothing moved the figures.
compare-why = Why
compare-together = Together
compare-actions = Actions
compare-work-done = Work done
compare-work-undone = Work undone
compare-newly-assessed = Newly assessed
compare-currency = Evidence and tests lapsed or renewed
compare-scope = Scope
compare-template = Template or library
compare-new-assessments = Assessments added or removed
compare-cause-actions = { $cause }: { $count ->
        [one] 1 action
       *[other] { $count } actions
     }

# Assessments that came or went.
compare-added = Added: the assessment { $template }, group { $group }, { $score } of { $possible } points
compare-removed = Removed: the assessment { $template }, group { $group }, { $score } of { $possible } points

# Controls that moved.
compare-controls = Controls that moved: { $count }
compare-place = { $id } ({ $framework }, { $group })
compare-standing = { $status } { $percent }
compare-not-there = not there
compare-more = and { $count } more; `--format json` and `markdown` have all
