# A badge: one figure.

# What stands on its left.
badge-score = punteggio di conformità
badge-assurance = garanzia di conformità
badge-covered = controlli coperti

# What stands on its right where that is no percentage.
badge-part = { $part } su { $whole }
badge-no-score = nessun punteggio

# The whole of it, for those who hear it.
badge-title = { $label }: { $message }, al { $date }
badge-title-reached = { $label }: { $message }, obiettivo { $target } raggiunto, al { $date }
badge-title-missed = { $label }: { $message }, obiettivo { $target } mancato, al { $date }
