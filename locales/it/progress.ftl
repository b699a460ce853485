# Progress for a manager: `annexa history report`.

progress-title = { $organization } ({ $tenant }): progressi dal { $from } al { $to }

# From which state to which.
progress-span = Stato iniziale: { $from }; stato finale: { $to }.
progress-span-first = Stato iniziale: { $from } (il primo disponibile: nessuno risale al { $since } o a prima); stato finale: { $to }.
progress-span-before = Stato iniziale: { $from } (l’ultimo prima del { $since }); stato finale: { $to }.
progress-snapshot = istantanea { $id } del { $date }
progress-profile = profilo al { $date }
progress-between = { $count ->
        [one] Nel mezzo c’è 1 istantanea.
       *[other] Nel mezzo ci sono { $count } istantanee.
     }

# The sections.
progress-then-and-now = Prima e ora
progress-better = Che cosa è migliorato
progress-nothing-better = Nulla è migliorato.
progress-worse = Che cosa è peggiorato
progress-nothing-worse = Nulla è peggiorato.
progress-lapses = Prossime scadenze
progress-team = Che cosa ha fatto il team
progress-no-team = Nessuna azione è progredita e nessuna prova è stata rinnovata.
progress-pace = Ritmo
progress-rounding = I punti sono arrotondati al decimo e i ritmi al valore più vicino, a metà strada lontano dallo zero; l’obiettivo e la sua data sono calcolati esattamente.

# Tables.
progress-then = Prima
progress-now = Ora
progress-points-earned = Punti ottenuti
progress-points-assured = Punti con prova valida
progress-points-possible = Punti possibili
progress-proof = Prova
progress-assessed-in = Valutato in
progress-provider = il fornitore
progress-last-day = Ultimo giorno
progress-what = Tipo
progress-of = Oggetto
progress-controls = Controlli
progress-first-of = { $first } e altre { $count }
progress-moved-up = Azioni progredite
progress-proof-renewed = Prova rinnovata
progress-nobody = (nessuno indicato)
progress-more = E altri { $count } elementi; il JSON contiene tutto.

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause } ({ $count ->
        [one] 1 azione
       *[other] { $count } azioni
     }): { $parts }; il punteggio sale di { $percent } punti percentuali.
progress-cause-falls = { $cause } ({ $count ->
        [one] 1 azione
       *[other] { $count } azioni
     }): { $parts }; il punteggio scende di { $percent } punti percentuali.
progress-cause-stays = { $cause } ({ $count ->
        [one] 1 azione
       *[other] { $count } azioni
     }): { $parts }; il punteggio resta invariato.
progress-cause-unscored = { $cause } ({ $count ->
        [one] 1 azione
       *[other] { $count } azioni
     }): { $parts }; uno degli stati non ha punteggio.
progress-earned = { $points } punti ottenuti
progress-lost = { $points } punti persi
progress-more-possible = { $points } punti in più ottenibili in tutto
progress-less-possible = { $points } punti in meno ottenibili in tutto
progress-proof-gained = { $points } punti di prova acquisiti
progress-proof-lost = { $points } punti di prova persi
progress-no-points = nessun punto

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = Se nulla viene rinnovato, la garanzia scende da { $now } a { $then } entro il { $by }.
progress-assurance-lasts = { $days ->
        [one] Nulla scade entro 1 giorno; al { $by } la garanzia è { $then }.
       *[other] Nulla scade entro { $days } giorni; al { $by } la garanzia è { $then }.
     }
progress-assurance-holds = Ciò che scade non toglie di per sé garanzia: al { $by } è { $then }, e ora { $now }.

# How fast it went.
progress-no-pace = I due stati sono della stessa data, quindi non c’è un ritmo.
progress-pace-none = { $days ->
        [one] In 1 giorno non è stato guadagnato né perso alcun punto.
       *[other] In { $days } giorni non è stato guadagnato né perso alcun punto.
     }
progress-pace-gained = { $days ->
        [one] In 1 giorno sono stati guadagnati { $points } punti: { $monthly } in 30 giorni.
       *[other] In { $days } giorni sono stati guadagnati { $points } punti: { $monthly } in 30 giorni.
     }
progress-pace-lost = { $days ->
        [one] In 1 giorno sono stati persi { $points } punti: { $monthly } in 30 giorni.
       *[other] In { $days } giorni sono stati persi { $points } punti: { $monthly } in 30 giorni.
     }
progress-no-part = L’ambito, la libreria e le valutazioni aggiunte o rimosse ({ $points } punti) non contano nel ritmo.
progress-score-stays = Il punteggio resta invariato, al centesimo di punto percentuale in 30 giorni.
progress-score-rises = Il punteggio sale di { $percent } punti percentuali in 30 giorni.
progress-score-falls = Il punteggio scende di { $percent } punti percentuali in 30 giorni.
progress-lapsed = Le scadenze hanno tolto la prova a { $points } punti, { $monthly } in 30 giorni; nulla è stato rinnovato.
progress-lapsed-renewed = Le scadenze hanno tolto la prova a { $points } punti, { $monthly } in 30 giorni; i rinnovi ne hanno restituiti { $renewed }.
progress-renewed = Nessuna prova è andata persa per scadenza; i rinnovi hanno restituito { $renewed } punti.
progress-neither = Nessuna prova è andata persa per scadenza; nulla è stato rinnovato.

# Targets: where each stands, and when it is met at that pace.
progress-no-target = Nessun obiettivo è fissato, né in una valutazione del profilo né con --target.
progress-target-met = { $of ->
        [all] L’obiettivo complessivo di { $target } è raggiunto al { $date }.
        [one] L’obiettivo di { $target } per { $title } è raggiunto al { $date }.
       *[group] L’obiettivo di { $target } per { $title }, gruppo { $group }, è raggiunto al { $date }.
     }
progress-target-lacks = { $of ->
        [all] All’obiettivo complessivo di { $target } mancano { $missing } punti.
        [one] All’obiettivo di { $target } per { $title } mancano { $missing } punti.
       *[group] All’obiettivo di { $target } per { $title }, gruppo { $group }, mancano { $missing } punti.
     }
progress-target-unscored = { $of ->
        [all] L’obiettivo complessivo di { $target } non può essere né raggiunto né mancato: nulla conta e non c’è un punteggio.
        [one] L’obiettivo di { $target } per { $title } non può essere né raggiunto né mancato: nulla conta e non c’è un punteggio.
       *[group] L’obiettivo di { $target } per { $title }, gruppo { $group }, non può essere né raggiunto né mancato: nulla conta e non c’è un punteggio.
     }
progress-expected = { $days ->
        [one] Se il ritmo di 1 giorno fino al { $today } si mantiene e il denominatore non cambia, sarà raggiunto il { $on }.
       *[other] Se il ritmo dei { $days } giorni fino al { $today } si mantiene e il denominatore non cambia, sarà raggiunto il { $on }.
     }
progress-distant = { $days ->
        [one] Se il ritmo di 1 giorno fino al { $today } si mantiene e il denominatore non cambia, non sarà raggiunto entro cent’anni.
       *[other] Se il ritmo dei { $days } giorni fino al { $today } si mantiene e il denominatore non cambia, non sarà raggiunto entro cent’anni.
     }
progress-standstill = { $days ->
        [one] In 1 giorno fino al { $today } non è stato guadagnato nulla; a questo ritmo non sarà mai raggiunto.
       *[other] Nei { $days } giorni fino al { $today } non è stato guadagnato nulla; a questo ritmo non sarà mai raggiunto.
     }
progress-falling = { $days ->
        [one] In 1 giorno fino al { $today } sono stati persi punti; a questo ritmo non sarà mai raggiunto.
       *[other] Nei { $days } giorni fino al { $today } sono stati persi punti; a questo ritmo non sarà mai raggiunto.
     }
progress-one-date = Con stati di una sola data non c’è un ritmo, e quindi nemmeno un giorno.
progress-unlike = Ciò che vi conta è cambiato nel periodo, per l’ambito, la libreria o le valutazioni: non ha quindi un ritmo proprio, né un giorno.
