# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = dal { $from } al { $to }
compare-title-as-of = { $organization }, al { $date }
compare-title-from-to = { $organization }, dal { $from } al { $to }
compare-snapshot = { $date } ({ $id })

# The figures.
compare-before = Prima
compare-after = Dopo
compare-change = Variazione
compare-points = Punti
compare-assured = Garantiti

# Why they moved.
compare-nothing = Nulla ha modificato le cifre.
compare-why = Causa
compare-together = Totale
compare-actions = Azioni
compare-work-done = Lavoro svolto
compare-work-undone = Lavoro venuto meno
compare-newly-assessed = Valutato per la prima volta
compare-currency = Evidenze e test scaduti o rinnovati
compare-scope = Ambito
compare-template = Modello o libreria
compare-new-assessments = Valutazioni aggiunte o rimosse
compare-cause-actions = { $cause }: { $count ->
        [one] 1 azione
       *[other] { $count } azioni
     }

# Assessments that came or went.
compare-added = Aggiunta: la valutazione { $template }, gruppo { $group }, { $score } di { $possible } punti
compare-removed = Rimossa: la valutazione { $template }, gruppo { $group }, { $score } di { $possible } punti

# Controls that moved.
compare-controls = Controlli variati: { $count }
compare-place = { $id } ({ $framework }, { $group })
compare-standing = { $status } { $percent }
compare-not-there = assente
compare-more = e altri { $count } elementi; `--format json` e `markdown` contengono tutto
