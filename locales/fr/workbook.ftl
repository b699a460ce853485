# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = Rapport de conformité
workbook-sheet-summary = Synthèse
workbook-sheet-assessments = Évaluations
workbook-sheet-domains = Domaines
workbook-sheet-kinds = Manques par nature
workbook-sheet-controls = Mesures
workbook-sheet-gaps = Écarts
workbook-sheet-actions = Actions
workbook-sheet-evidence = Preuves
workbook-sheet-trend = Évolution
workbook-sheet-next = Prochaines actions

# The summary.
workbook-as-of = Au
workbook-tenant = Tenant
workbook-made-by = Établi par
workbook-assessment = Évaluation
workbook-assessments = Évaluations
workbook-side = Côté
workbook-target-status = Cible : statut
workbook-outlook = Assurance au { $date } si rien n’est renouvelé
workbook-outlook-plain = Assurance si rien n’est renouvelé
workbook-chart-domains = Score et assurance par domaine
workbook-chart-kinds = Écarts par nature
workbook-chart-trend = Score et assurance au fil du temps
workbook-chart-tenants = Score et assurance par tenant

# Columns of several sheets.
workbook-framework = Référentiel
workbook-group = Groupe
workbook-points = Points
workbook-title-of-it = Titre
workbook-id = Identifiant
workbook-services = Services
workbook-notes = Notes
workbook-yes = oui

# Controls.
workbook-tests = Tests
workbook-your-points = Vos points
workbook-your-possible = Vos points possibles
workbook-provider-points = Points du fournisseur
workbook-provider-possible = Points possibles du fournisseur
workbook-excluded-because = Motif d’exclusion

# Actions.
workbook-owner = Propriétaire
workbook-type = Type
workbook-implementation = Mise en œuvre
workbook-test = Test
workbook-tested-by = Testé
workbook-implemented-on = Mis en œuvre le
workbook-tested-on = Testé le
workbook-fresh-until = Test valable jusqu’au
workbook-places = Emplacements
workbook-worth = Valeur
workbook-earned-share = Acquis
workbook-assured-share = Part prouvée
workbook-unassessed-share = Part non évaluée
workbook-accepted-until = Risque accepté jusqu’au
workbook-hours = Heures de travail

# Evidence.
workbook-reference = Référence
workbook-counts-from = Compte dès
workbook-counts-to = Compte jusqu’au
workbook-days-left = Jours restants
workbook-where = Où elle se trouve
workbook-action-ids = Actions qui en dépendent

# Trend and next best actions.
workbook-snapshot = Instantané
workbook-order = Ordre
workbook-assumed = Heures supposées
workbook-after = Après
