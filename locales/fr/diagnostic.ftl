# How diagnostics are told.
diagnostic-error = erreur
diagnostic-warning = avertissement
diagnostic-help = aide
diagnostic-note = note
diagnostic-clause = { $clause } : { $names }
diagnostic-errors = { $count ->
        [one] { $count } erreur
       *[other] { $count } erreurs
     }
diagnostic-warnings = { $count ->
        [one] { $count } avertissement
       *[other] { $count } avertissements
     }
diagnostic-shown = {" "}; les { $count } premiers sont affichés
