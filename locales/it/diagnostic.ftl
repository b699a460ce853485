# How diagnostics are told.
diagnostic-error = errore
diagnostic-warning = avviso
diagnostic-help = aiuto
diagnostic-note = nota
diagnostic-clause = { $clause }: { $names }
diagnostic-errors = { $count ->
        [one] 1 errore
       *[other] { $count } errori
     }
diagnostic-warnings = { $count ->
        [one] 1 avviso
       *[other] { $count } avvisi
     }
diagnostic-shown = ; sono mostrati i primi { $count }
