# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = domain { $id } { $title }
trend-control = control { $id }
trend-score-recorded = Score as recorded
trend-score-anew = Score under this library

# What changed that is no work.
trend-library = library { $from } became { $to }: { $files }
trend-same-files = the same files in other folders
trend-more-files = { $count } more
trend-engine = annexa { $from } became { $to }
trend-added = assessment added: { $template } for { $group }
trend-removed = assessment removed: { $template } for { $group }
trend-separator = ;{" "}

# Where there is no line to draw.
trend-one-date = One date is recorded; with a second one there is a trend.
trend-none-between = No snapshot of { $tenant } lies between these dates; there are some from { $first } to { $last }.
trend-nothing = Nothing is recorded of { $tenant }.

# Tables.
trend-unassessed = Points unassessed
trend-gaps = Gaps
trend-framework = Framework
trend-title = Title
trend-first = First
trend-last = Last
trend-anew = Under this library

# A chart, for those who hear it.
chart-ends = { $name }: { $first } on { $from }, { $last } on { $to }
chart-no-value = { $name }: no value
chart-level = { $name }: { $percent }
chart-mark = { $date }: { $what }
chart-point = { $name }, { $date }: { $percent }
chart-separator = .{" "}
