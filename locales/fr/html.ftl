# The page as a whole.
html-title = Rapport de conformité
html-as-of = au { $date }
html-skip = Aller au contenu
html-contents = Sommaire
html-print = Imprimer
html-dark = Sombre
html-foot = Produit par annexa { $version } à partir du profil de l'organisation.
html-not-a-certificate = Un score mesure le travail accompli ; ce n'est pas un certificat.

# Several tenants.
html-overview = Vue d'ensemble
html-about-tenants = { $count } locataires au { $date }
html-organization = Organisation
html-by-domain = { $title } : score par domaine

# The summary.
html-summary = Synthèse
html-score = Score
html-up-to = jusqu'à { $percent } si tout ce qui n'est pas évalué se révèle conforme
html-bar = Score { $score }, dont { $assurance } avec preuve à jour ; jusqu'à { $best } avec ce qui n'est pas évalué
html-key-achieved = acquis
html-key-assured = avec preuve à jour
html-key-unassessed = non évalué
html-key-target = objectif
html-assurance = Assurance
html-outlook = { $percent } au { $date } si rien n'est renouvelé
html-your-side = Votre côté
html-provider-side = Fournisseur
html-side-points = { $achieved } points sur { $possible }
html-points-missing = { $points } points manquants
html-lapses-soon = Bientôt échus
html-within = d'ici { $days } jours
html-assessments = Évaluations
html-assessment = Évaluation
html-group = Groupe
html-target = Objectif
html-met = atteint
html-not-met = non atteint
html-points = Points

# Domains.
html-domains = Domaines
html-domain = Domaine
html-domains-what = Une action qui sert plusieurs domaines compte dans chacun d'eux.
html-missing = Points manquants
html-covered = Couvertes

# The map of controls, and the sheets of actions.
html-controls = Mesures
html-control = Mesure
html-controls-what = Chaque case s'ouvre sur les actions de la mesure, avec leur statut, leurs preuves et leur calcul.
html-sheets-what = À côté de chaque action : les points acquis sur ceux qu'elle vaut et, après un point médian, ceux dont la preuve est à jour s'ils sont moins nombreux ; après une flèche, le dernier jour où un test compte.
html-services = les preuves citent { $attested } services sur { $all }
html-controls-few = Le rapport sur ce seul locataire contient les actions derrière chaque mesure.
html-controls-groups = Repères dans cet ordre :
html-tests = tests : { $status }
html-carried-by = À la charge de
html-lacking = manque : { $where }
html-excluded-because = motif : { $why }
html-proof = { $worth } points × { $share } = { $earned }
html-test = test : { $result }
html-due-on = échéance { $date }
html-status-of = d'après le statut de { $action }
html-conflict = deux statuts se contredisent ; le plus bas compte
html-risk-accepted = risque accepté par { $who } jusqu'au { $date }

# The shared-responsibility matrix.
html-sides = Responsabilités
html-sides-what = Points manquants de chaque côté de chaque mesure ; ✓ là où rien ne manque.

# The gap report.
html-gaps = Écarts
html-gaps-what = Chaque constat une fois ; le CSV a une ligne pour chaque mesure concernée.
html-gaps-top = Les constats qui pèsent le plus de points.
html-gaps-no-script = La recherche, les filtres, le tri et le CSV demandent JavaScript ; tout se lit sans lui.
html-gaps-shown = { $shown } constats sur { $all }
html-search = Rechercher
html-kind = Type
html-owner = Responsable
html-assignee = Confié à
html-all = tous
html-reset = Réinitialiser
html-csv = Télécharger le CSV (lignes : { $rows })
html-action = Action
html-actions = Actions
html-due = Échéance
html-at-stake = Points en jeu

# The evidence register.
html-evidence = Preuves
html-lapses = Ce qui échoit si personne ne le renouvelle
html-last-day = Dernier jour
html-what = Quoi
html-what-happens = Ce qui se passe
html-register = Registre des preuves
html-evidence-item = Preuve
html-state = État
html-ending = bientôt échue
html-valid-from = Valable dès
html-valid-to = Valable jusqu'au
html-period = Période

# Trend and attribution.
html-trend = Évolution
html-trend-chart = Score et assurance dans le temps ; le tableau ci-dessous donne les chiffres.
html-trend-one = Une seule date est enregistrée ; une deuxième donnera une évolution.
html-change = De { $from } à { $to } depuis le { $since }
html-why = Pourquoi il a changé
html-cause = Cause
html-achieved = Acquis
html-assured = Avec preuve à jour
html-possible = Possibles
html-recorded = Scores enregistrés
html-date = Date

# The next best actions.
html-next = Prochaines actions
html-plan = { $hours } heures de travail font passer la valeur de { $before } à { $after }.
html-work = Travail
html-hours = Heures
html-gain = Gain
html-then = Ensuite
