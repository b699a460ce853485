# How diagnostics are told.
diagnostic-error = error
diagnostic-warning = warning
diagnostic-help = help
diagnostic-note = note
diagnostic-clause = { $clause }: { $names }
diagnostic-errors = { $count ->
        [one] 1 error
       *[other] { $count } errors
     }
diagnostic-warnings = { $count ->
        [one] 1 warning
       *[other] { $count } warnings
     }
diagnostic-shown = ; the first { $count } are shown
