# The score and the gap report for a person at a terminal, and in Markdown.

# The head of a score.
text-as-of = au { $date }
text-overall = Ensemble, { $count } évaluations
text-group = { $title }, groupe { $group }

# The figures.
text-score = Score
text-target = Cible
text-assurance = Assurance
text-your-side = Votre côté
text-provider = Fournisseur
text-up-to = jusqu’à { $percent } si tout ce qui n’est pas évalué s’avère bon
text-met = atteinte
text-not-met = non atteinte
text-assured = { $points } points reposent sur une preuve qu’un auditeur pourrait voir
text-outlook = { $percent } au { $date } si rien n’est renouvelé
text-semicolon = {" "};{" "}
text-side = { $achieved } points sur { $possible }
text-side-unassessed = { $achieved } points sur { $possible }, dont { $unassessed } non évalués

# Where most is missing, and what lapses.
text-losses = Il manque le plus dans
text-loss = { $domain } : { $points } points
text-lapses = Bientôt expirées
text-lapse = après le { $date } : { $item }, preuve pour { $count ->
        [one] { $count } mesure
       *[other] { $count } mesures
     }
text-more-items = et { $count } autres

# Tables.
text-domain = Domaine
text-missing = Manque
text-covered = Couvertes
text-open-controls = Mesures non couvertes : { $open } sur { $count }
text-open-controls-excluded = Mesures non couvertes : { $open } sur { $count } ; { $excluded } exclues
text-control = Mesure
text-status = Statut
text-coverage = Couverture
text-responsibility = Responsabilité
text-missing-side = Côté manquant
text-gap = Écart
text-action-or-service = Action ou service
text-points = Points
text-assigned = Responsable
text-due = Échéance
text-next-step = Prochaine étape
text-rows = { $count ->
        [one] { $count } ligne
       *[other] { $count } lignes
     }
text-report-hint = Rapport d’écarts : { $rows } lignes, écrit par `{ $command }`
text-proof-hint = Preuve : `{ $command }`, ou l’identifiant d’une mesure, d’une action, d’un service ou d’une preuve

# Markdown.
text-all = Tout
text-possible = Possibles
text-unassessed = Non évalués
text-overall-title = Ensemble
text-target-line = Cible { $target } : { $result }.
text-points-missing = { $points } points manquants
text-lapses-after = expire après le { $date }
text-action = Action
text-service = Service
text-control-not-covered = Mesure non couverte
