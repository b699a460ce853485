# A comparison of two states: `annexa diff`, `whatif` and `history diff`.

# The head: the states and their dates.
compare-from-to = du { $from } au { $to }
compare-title-as-of = { $organization }, au { $date }
compare-title-from-to = { $organization }, du { $from } au { $to }
compare-snapshot = { $date } ({ $id })

# The figures.
compare-before = Avant
compare-after = Après
compare-change = Évolution
compare-points = Points
compare-assured = Assurés

# Why they moved.
compare-nothing = Rien n’a fait évoluer les chiffres.
compare-why = Cause
compare-together = Total
compare-actions = Actions
compare-work-done = Travail accompli
compare-work-undone = Travail défait
compare-newly-assessed = Nouvellement évalué
compare-currency = Preuves et tests expirés ou renouvelés
compare-scope = Périmètre
compare-template = Modèle ou bibliothèque
compare-new-assessments = Évaluations ajoutées ou retirées
compare-cause-actions = { $cause } : { $count ->
        [one] { $count } action
       *[other] { $count } actions
     }

# Assessments that came or went.
compare-added = Ajoutée : l’évaluation { $template }, groupe { $group }, { $score } de { $possible } points
compare-removed = Retirée : l’évaluation { $template }, groupe { $group }, { $score } de { $possible } points

# Controls that moved.
compare-controls = Mesures qui ont évolué : { $count }
compare-place = { $id } ({ $framework }, { $group })
compare-standing = { $status } { $percent }
compare-not-there = absente
compare-more = et { $count } de plus ; `--format json` et `markdown` contiennent tout
