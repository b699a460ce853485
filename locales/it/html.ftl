# The page as a whole.
html-title = Rapporto di conformità
html-as-of = al { $date }
html-skip = Vai al contenuto
html-contents = Indice
html-print = Stampa
html-dark = Scuro
html-foot = Prodotto da annexa { $version } a partire dal profilo dell'organizzazione.
html-not-a-certificate = Un punteggio misura il lavoro svolto; non è un certificato.

# Several tenants.
html-overview = Panoramica
html-about-tenants = { $count } tenant al { $date }
html-organization = Organizzazione
html-by-domain = { $title }: punteggio per dominio

# The summary.
html-summary = Sintesi
html-score = Punteggio
html-up-to = fino a { $percent } se quanto non valutato risulta conforme
html-bar = Punteggio { $score }, di cui { $assurance } con evidenze correnti; fino a { $best } con quanto non è stato valutato
html-key-achieved = ottenuto
html-key-assured = con evidenze correnti
html-key-unassessed = non valutato
html-key-target = obiettivo
html-assurance = Garanzia
html-outlook = { $percent } al { $date } se nulla viene rinnovato
html-your-side = Il tuo lato
html-provider-side = Fornitore
html-side-points = { $achieved } punti su { $possible }
html-points-missing = { $points } punti mancanti
html-lapses-soon = In scadenza
html-within = entro { $days } giorni
html-assessments = Valutazioni
html-assessment = Valutazione
html-group = Gruppo
html-target = Obiettivo
html-met = raggiunto
html-not-met = non raggiunto
html-points = Punti

# Domains.
html-domains = Domini
html-domain = Dominio
html-domains-what = Un'azione che serve più domini conta in ciascuno di essi.
html-missing = Punti mancanti
html-covered = Coperti

# The map of controls, and the sheets of actions.
html-controls = Controlli
html-control = Controllo
html-controls-what = Ogni cella si apre sulle azioni del controllo, con stato, evidenze e calcolo.
html-sheets-what = Accanto a ogni azione: i punti ottenuti su quelli che vale e, dopo il punto, quelli con evidenze correnti se sono di meno; dopo una freccia, l'ultimo giorno in cui un test conta.
html-services = le evidenze citano { $attested } servizi su { $all }
html-controls-few = Il rapporto su questo solo tenant contiene le azioni alla base di ogni controllo.
html-controls-groups = Indicatori in quest'ordine:
html-tests = test: { $status }
html-carried-by = A carico di
html-lacking = manca: { $where }
html-excluded-because = motivo: { $why }
html-proof = { $worth } punti × { $share } = { $earned }
html-test = test: { $result }
html-due-on = scadenza { $date }
html-status-of = secondo lo stato di { $action }
html-conflict = due stati si contraddicono; vale il più basso
html-risk-accepted = rischio accettato da { $who } fino al { $date }

# The shared-responsibility matrix.
html-sides = Responsabilità
html-sides-what = Punti mancanti su ciascun lato di ogni controllo; ✓ dove non manca nulla.

# The gap report.
html-gaps = Scostamenti
html-gaps-what = Ogni rilievo una volta; il CSV ha una riga per ogni controllo interessato.
html-gaps-top = I rilievi con più punti in gioco.
html-gaps-no-script = Ricerca, filtri, ordinamento e CSV richiedono JavaScript; tutto si legge anche senza.
html-gaps-shown = { $shown } rilievi su { $all }
html-search = Cerca
html-kind = Tipo
html-owner = Responsabile
html-assignee = Assegnato a
html-all = tutti
html-reset = Reimposta
html-csv = Scarica CSV (righe: { $rows })
html-action = Azione
html-actions = Azioni
html-due = Scadenza
html-at-stake = Punti in gioco

# The evidence register.
html-evidence = Evidenze
html-lapses = Cosa scade se nessuno lo rinnova
html-last-day = Ultimo giorno
html-what = Cosa
html-what-happens = Cosa accade
html-register = Registro delle evidenze
html-evidence-item = Evidenza
html-state = Stato
html-ending = in scadenza
html-valid-from = Valida dal
html-valid-to = Valida fino al
html-period = Periodo

# Trend and attribution.
html-trend = Andamento
html-trend-chart = Punteggio e garanzia nel tempo; la tabella seguente riporta i valori.
html-trend-one = È registrata una sola data; con una seconda si avrà un andamento.
html-change = Da { $from } a { $to } dal { $since }
html-why = Perché è cambiato
html-cause = Causa
html-achieved = Ottenuti
html-assured = Con evidenze correnti
html-possible = Possibili
html-recorded = Punteggi registrati
html-date = Data

# The next best actions.
html-next = Prossime azioni
html-plan = { $hours } ore di lavoro portano il valore da { $before } a { $after }.
html-work = Lavoro
html-hours = Ore
html-gain = Guadagno
html-then = Poi
