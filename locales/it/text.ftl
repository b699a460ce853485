# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = al { $date }
text-overall = Complessivo, { $count } valutazioni
text-group = { $title }, gruppo { $group }

# The figures.
text-score = Punteggio
text-target = Obiettivo
text-assurance = Garanzia
text-your-side = Lato vostro
text-provider = Fornitore
text-up-to = fino a { $percent } se tutto ciò che non è valutato risulta buono
text-met = raggiunto
text-not-met = non raggiunto
text-assured = { $points } punti poggiano su prove che un auditor potrebbe vedere
text-outlook = { $percent } entro il { $date } se nulla viene rinnovato
text-semicolon = ;{" "}
text-side = { $achieved } punti su { $possible }
text-side-unassessed = { $achieved } punti su { $possible }, { $unassessed } non valutati

# Where most is missing, and what lapses.
text-losses = Manca di più in
text-loss = { $domain }: { $points } punti
text-lapses = In scadenza
text-lapse = dopo il { $date }: { $item }, prova per { $count ->
        [one] 1 controllo
       *[other] { $count } controlli
     }
text-more-items = e altri { $count } elementi

# Tables.
text-domain = Dominio
text-missing = Mancano
text-covered = Coperti
text-open-controls = Controlli non coperti: { $open } su { $count }
text-open-controls-excluded = Controlli non coperti: { $open } su { $count }; { $excluded } esclusi
text-control = Controllo
text-status = Stato
text-coverage = Copertura
text-responsibility = Responsabilità
text-missing-side = Lato mancante
text-gap = Lacuna
text-action-or-service = Azione o servizio
text-points = Punti
text-assigned = Assegnata a
text-due = Scadenza
text-next-step = Prossimo passo
text-rows = { $count ->
        [one] 1 riga
       *[other] { $count } righe
     }
text-report-hint = Report delle lacune: { $rows } righe, scritto da `{ $command }`
text-proof-hint = Prova: `{ $command }`, o l’id di un controllo, un’azione, un servizio o un’evidenza

# Markdown.
text-all = Tutto
text-possible = Possibili
text-unassessed = Non valutati
text-overall-title = Complessivo
text-target-line = Obiettivo { $target }: { $result }.
text-points-missing = { $points } punti mancanti
text-lapses-after = scade dopo il { $date }
text-action = Azione
text-service = Servizio
text-control-not-covered = Controllo non coperto
