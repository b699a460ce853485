# What `annexa report` writes: the sections of a report to hand on.

# The head.
report-title = { $count ->
        [one] Rapport de conformité, { $count } organisation
       *[other] Rapport de conformité, { $count } organisations
     }
report-organization = Organisation
report-headline = Score { $score }, assurance { $assurance }.
report-headline-range = Score { $score }, jusqu’à { $best } si tout ce qui n’est pas évalué s’avère bon ; assurance { $assurance }.
report-outlook = Si rien n’est renouvelé, l’assurance sera de { $percent } au { $date }.
report-at-best = Au mieux
report-statuses = Mesures : { $list }
report-controls = Mesures
report-domains = Domaines
report-left-out = { $count ->
        [one] { $count } ligne de plus ; `--full` les écrit toutes.
       *[other] { $count } lignes de plus ; `--full` les écrit toutes.
     }
report-figures-alone = `--full` écrit tout.
report-overview = Un commentaire n’a pas de place pour chacune ; `--full` écrit tout.
report-and-more = { $items } et { $count } autres

# What is missing.
report-missing = Ce qui manque
report-nothing-missing = Il ne manque rien.
report-kind = Nature
report-findings = Écarts
report-rows = Lignes du rapport d’écarts
report-gaps-first = Les { $shown } écarts qui valent le plus de points, sur { $count }
report-gaps-all = { $count ->
        [one] Le seul écart
       *[other] Les { $count } écarts, du plus au moins de points
     }
report-open-controls = { $count ->
        [one] La seule mesure non couverte
       *[other] Les { $count } mesures non couvertes
     }

# What lapses, and the evidence.
report-lapses = Ce qui expire d’ici le { $date }
report-nothing-lapses = Rien n’expire d’ici le { $date }.
report-last-day = Dernier jour
report-event = Ce qui arrive
report-item = Élément
report-resting = Points qui en dépendent
report-evidence = { $count ->
        [one] La seule preuve
       *[other] Le registre des preuves, { $count } éléments
     }
report-from = Valable dès
report-to = Valable jusqu’au
report-alone = Prouvés par elle seule
report-actions = Actions

# What to do next.
report-next = Prochaines actions les plus utiles
report-next-line = { $hours ->
        [one] { $hours } heure de travail rapporte { $points } points : le score est alors de { $percent }.
       *[other] { $hours } heures de travail rapportent { $points } points : le score est alors de { $percent }.
     }
report-nothing-next = { $hours ->
        [one] Aucun travail en suspens ne tient en { $hours } heure.
       *[other] Aucun travail en suspens ne tient en { $hours } heures.
     }
report-no-open-work = Il n’y a aucun travail en suspens.
report-work = Travail
report-hours = Heures
report-gain = Gain
report-then = Score ensuite

# What became of it.
report-trend = Évolution
report-date = Date
report-since = Ce qui a changé depuis le { $date }
report-unchanged = Rien n’a fait bouger les chiffres depuis le { $date }.
report-cause = Cause
report-assured = Prouvés
report-together = Ensemble
