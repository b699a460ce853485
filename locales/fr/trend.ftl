# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = domaine { $id } { $title }
trend-control = mesure { $id }
trend-score-recorded = Score enregistré
trend-score-anew = Score selon cette bibliothèque

# What changed that is no work.
trend-library = la bibliothèque { $from } est devenue { $to } : { $files }
trend-same-files = les mêmes fichiers dans d’autres dossiers
trend-more-files = { $count } de plus
trend-engine = annexa { $from } est devenu { $to }
trend-added = évaluation ajoutée : { $template } pour { $group }
trend-removed = évaluation retirée : { $template } pour { $group }
trend-separator = {" "};{" "}

# Where there is no line to draw.
trend-one-date = Une seule date est enregistrée ; avec une deuxième, il y a une tendance.
trend-none-between = Aucun instantané de { $tenant } ne se situe entre ces dates ; il y en a du { $first } au { $last }.
trend-nothing = Rien n’est enregistré pour { $tenant }.

# Tables.
trend-unassessed = Points non évalués
trend-gaps = Écarts
trend-framework = Référentiel
trend-title = Titre
trend-first = Première
trend-last = Dernière
trend-anew = Selon cette bibliothèque

# A chart, for those who hear it.
chart-ends = { $name } : { $first } le { $from }, { $last } le { $to }
chart-no-value = { $name } : aucune valeur
chart-level = { $name } : { $percent }
chart-mark = { $date } : { $what }
chart-point = { $name }, { $date } : { $percent }
chart-separator = .{" "}
