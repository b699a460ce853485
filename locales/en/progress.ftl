# Progress for a manager: `annexa history report`.

progress-title = { $organization } ({ $tenant }): progress from { $from } to { $to }

# From which state to which.
progress-span = From { $from }, to { $to }.
progress-span-first = From { $from }, the first there is: none is as old as { $since }, to { $to }.
progress-span-before = From { $from }, the last before { $since }, to { $to }.
progress-snapshot = snapshot { $id } of { $date }
progress-profile = the profile as of { $date }
progress-between = { $count ->
        [one] 1 snapshot lies between.
       *[other] { $count } snapshots lie between.
     }

# The sections.
progress-then-and-now = Then and now
progress-better = What got better
progress-nothing-better = Nothing got better.
progress-worse = What got worse
progress-nothing-worse = Nothing got worse.
progress-lapses = What lapses next
progress-team = What the team did
progress-no-team = No action moved up, and no proof was renewed.
progress-pace = Pace
progress-rounding = Points are rounded to a tenth and a pace half away from nought; the target and its date are worked out exactly.

# Tables.
progress-then = Then
progress-now = Now
progress-points-earned = Points earned
progress-points-assured = Points whose proof is current
progress-points-possible = Points possible
progress-proof = Proof
progress-assessed-in = Assessed in
progress-provider = the provider
progress-last-day = Last day
progress-what = What
progress-of = Of
progress-controls = Controls
progress-first-of = { $first } and { $count } more
progress-moved-up = Actions moved up
progress-proof-renewed = Proof renewed
progress-nobody = (nobody named)
progress-more = And { $count } more; the JSON has all.

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause } ({ $count ->
        [one] 1 action
       *[other] { $count } actions
     }): { $parts }; the score rises by { $percent } percentage points.
progress-cause-falls = { $cause } ({ $count ->
        [one] 1 action
       *[other] { $count } actions
     }): { $parts }; the score falls by { $percent } percentage points.
progress-cause-stays = { $cause } ({ $count ->
        [one] 1 action
       *[other] { $count } actions
     }): { $parts }; the score stays.
progress-cause-unscored = { $cause } ({ $count ->
        [one] 1 action
       *[other] { $count } actions
     }): { $parts }; one of the states has no score.
progress-earned = { $points } points earned
progress-lost = { $points } points lost
progress-more-possible = { $points } points more to be earned in all
progress-less-possible = { $points } points less to be earned in all
progress-proof-gained = { $points } points of proof gained
progress-proof-lost = { $points } points of proof lost
progress-no-points = no points

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = If nothing is renewed, the assurance falls from { $now } to { $then } by { $by }.
progress-assurance-lasts = { $days ->
        [one] Nothing lapses within 1 day; by { $by } the assurance is { $then }.
       *[other] Nothing lapses within { $days } days; by { $by } the assurance is { $then }.
     }
progress-assurance-holds = What lapses takes no assurance by itself: by { $by } it is { $then }, and { $now } now.

# How fast it went.
progress-no-pace = Both states are of one date, so there is no pace.
progress-pace-none = { $days ->
        [one] No points were gained or lost in 1 day.
       *[other] No points were gained or lost in { $days } days.
     }
progress-pace-gained = { $days ->
        [one] { $points } points were gained in 1 day: { $monthly } in 30 days.
       *[other] { $points } points were gained in { $days } days: { $monthly } in 30 days.
     }
progress-pace-lost = { $days ->
        [one] { $points } points were lost in 1 day: { $monthly } in 30 days.
       *[other] { $points } points were lost in { $days } days: { $monthly } in 30 days.
     }
progress-no-part = Scope, the library and assessments that came or went ({ $points } points) are no pace.
progress-score-stays = The score stays, to a hundredth of a percentage point in 30 days.
progress-score-rises = The score rises by { $percent } percentage points in 30 days.
progress-score-falls = The score falls by { $percent } percentage points in 30 days.
progress-lapsed = Lapses took the proof of { $points } points, { $monthly } in 30 days; nothing was renewed.
progress-lapsed-renewed = Lapses took the proof of { $points } points, { $monthly } in 30 days; renewals gave back { $renewed } points.
progress-renewed = No proof was lost by lapses; renewals gave back { $renewed } points.
progress-neither = No proof was lost by lapses; nothing was renewed.

# Targets: where each stands, and when it is met at that pace.
progress-no-target = No target is set, in an assessment of the profile or with --target.
progress-target-met = { $of ->
        [all] The target of { $target } overall is met on { $date }.
        [one] The target of { $target } for { $title } is met on { $date }.
       *[group] The target of { $target } for { $title }, group { $group }, is met on { $date }.
     }
progress-target-lacks = { $of ->
        [all] The target of { $target } overall lacks { $missing } points.
        [one] The target of { $target } for { $title } lacks { $missing } points.
       *[group] The target of { $target } for { $title }, group { $group }, lacks { $missing } points.
     }
progress-target-unscored = { $of ->
        [all] The target of { $target } overall cannot be met or missed: nothing counts, and there is no score.
        [one] The target of { $target } for { $title } cannot be met or missed: nothing counts, and there is no score.
       *[group] The target of { $target } for { $title }, group { $group }, cannot be met or missed: nothing counts, and there is no score.
     }
progress-expected = { $days ->
        [one] If the pace of the 1 day to { $today } holds, and the denominator stays, it is met on { $on }.
       *[other] If the pace of the { $days } days to { $today } holds, and the denominator stays, it is met on { $on }.
     }
progress-distant = { $days ->
        [one] If the pace of the 1 day to { $today } holds, and the denominator stays, it is not met within a hundred years.
       *[other] If the pace of the { $days } days to { $today } holds, and the denominator stays, it is not met within a hundred years.
     }
progress-standstill = { $days ->
        [one] Nothing was gained in the 1 day to { $today }; at that pace it is never met.
       *[other] Nothing was gained in the { $days } days to { $today }; at that pace it is never met.
     }
progress-falling = { $days ->
        [one] Points were lost in the 1 day to { $today }; at that pace it is never met.
       *[other] Points were lost in the { $days } days to { $today }; at that pace it is never met.
     }
progress-one-date = With states of one date alone there is no pace, and so no day.
progress-unlike = What counts in it changed in the span, by scope, the library or assessments, so it has no pace of its own, and no day.
