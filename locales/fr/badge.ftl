# A badge: one figure.

# What stands on its left.
badge-score = score de conformité
badge-assurance = assurance de conformité
badge-covered = mesures couvertes

# What stands on its right where that is no percentage.
badge-part = { $part } sur { $whole }
badge-no-score = sans score

# The whole of it, for those who hear it.
badge-title = { $label } : { $message }, au { $date }
badge-title-reached = { $label } : { $message }, cible de { $target } atteinte, au { $date }
badge-title-missed = { $label } : { $message }, cible de { $target } manquée, au { $date }
