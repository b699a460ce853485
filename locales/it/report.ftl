# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = { $count ->
        [one] Report di conformità, 1 organizzazione
       *[other] Report di conformità, { $count } organizzazioni
     }
report-organization = Organizzazione
report-headline = Punteggio { $score }, garanzia { $assurance }.
report-headline-range = Punteggio { $score }, fino a { $best } se tutto ciò che non è valutato risulta buono; garanzia { $assurance }.
report-outlook = Se nulla viene rinnovato, la garanzia sarà { $percent } al { $date }.
report-at-best = Al meglio
report-statuses = Controlli: { $list }
report-controls = Controlli
report-domains = Domini
report-left-out = { $count ->
        [one] Un’altra riga; `--full` le scrive tutte.
       *[other] Altre { $count } righe; `--full` le scrive tutte.
     }
report-figures-alone = `--full` scrive tutto.
report-overview = Un commento non ha posto per ciascuna; `--full` scrive tutto.
report-and-more = { $items } e altri { $count }

# What is missing.
report-missing = Che cosa manca
report-nothing-missing = Non manca nulla.
report-kind = Tipo
report-findings = Lacune
report-rows = Righe del report delle lacune
report-gaps-first = Le { $shown } lacune che valgono più punti, su { $count }
report-gaps-all = { $count ->
        [one] L’unica lacuna
       *[other] Tutte le { $count } lacune, prima quelle con più punti
     }
report-open-controls = { $count ->
        [one] L’unico controllo non coperto
       *[other] I { $count } controlli non coperti
     }

# What lapses, and the evidence.
report-lapses = Che cosa scade entro il { $date }
report-nothing-lapses = Nulla scade entro il { $date }.
report-last-day = Ultimo giorno
report-event = Che cosa accade
report-item = Elemento
report-resting = Punti che ne dipendono
report-evidence = { $count ->
        [one] L’unica evidenza
       *[other] Il registro delle evidenze, { $count } elementi
     }
report-from = Valida dal
report-to = Valida fino al
report-alone = Garantiti da essa sola
report-actions = Azioni

# What to do next.
report-next = Prossime azioni più utili
report-next-line = { $hours ->
        [one] 1 ora di lavoro vale { $points } punti: il punteggio è poi { $percent }.
       *[other] { $hours } ore di lavoro valgono { $points } punti: il punteggio è poi { $percent }.
     }
report-nothing-next = { $hours ->
        [one] Nessun lavoro aperto rientra in 1 ora.
       *[other] Nessun lavoro aperto rientra in { $hours } ore.
     }
report-no-open-work = Non c’è lavoro aperto.
report-work = Lavoro
report-hours = Ore
report-gain = Guadagno
report-then = Punteggio dopo

# What became of it.
report-trend = Andamento
report-date = Data
report-since = Che cosa è cambiato dal { $date }
report-unchanged = Nulla ha mosso le cifre dal { $date }.
report-cause = Causa
report-assured = Garantiti
report-together = Insieme
