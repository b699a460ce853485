# A badge: one figure.

# What stands on its left.
badge-score = compliance score
badge-assurance = compliance assurance
badge-covered = controls covered

# What stands on its right where that is no percentage.
badge-part = { $part } of { $whole }
badge-no-score = no score

# The whole of it, for those who hear it.
badge-title = { $label }: { $message }, as of { $date }
badge-title-reached = { $label }: { $message }, target { $target } reached, as of { $date }
badge-title-missed = { $label }: { $message }, target { $target } missed, as of { $date }
