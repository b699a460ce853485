# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = exclue
control-status-unmapped = sans action
control-status-not-in-scope = hors périmètre
control-status-covered = couverte
control-status-partial = partielle
control-status-gap = lacune

# How the tests of a control roll up.
test-status-failed = échec
test-status-not-in-scope = hors périmètre
test-status-passed = réussi
test-status-none = aucun test
test-status-in-progress = en cours

# Who carries a control.
responsibility-customer = client
responsibility-provider = fournisseur
responsibility-shared = partagée

# Which half of a shared control is missing.
shared-gap-customer-side = côté client
shared-gap-provider-side = côté fournisseur
shared-gap-both-sides = des deux côtés

# Why something is reported as a gap.
gap-kind-not-assessed = non évalué
gap-kind-not-implemented = non mis en œuvre
gap-kind-planned = planifié
gap-kind-test-failed = test échoué
gap-kind-untested = non testé
gap-kind-partial = partiel
gap-kind-provider-unattested = fournisseur sans attestation
gap-kind-service-not-certified = service non certifié
gap-kind-evidence-missing = preuve manquante
gap-kind-evidence-expired = preuve expirée
gap-kind-evidence-expiring = preuve bientôt expirée
gap-kind-test-stale = test trop ancien
gap-kind-conflicting-status = statuts contradictoires
gap-kind-unmapped-control = mesure sans action
gap-kind-inheritance-unsupported = héritage non étayé
gap-kind-exclusion-unjustified = exclusion non justifiée
gap-kind-risk-accepted = risque accepté

# Whose work it is.
owner-customer = client
owner-provider = fournisseur

# What kind of work an action is.
action-type-technical = technique
action-type-documentation = documentation
action-type-operational = opérationnelle

# What an action is for.
purpose-preventative = préventive
purpose-detective = de détection
purpose-corrective = corrective

# Whether an action binds users without their doing.
enforcement-mandatory = obligatoire
enforcement-discretionary = discrétionnaire

# What a control is.
control-kind-clause = article
control-kind-annex-a = Annexe A
control-kind-control = mesure

# How far an action has been put into practice.
implementation-not-implemented = non mise en œuvre
implementation-planned = planifiée
implementation-implemented = mise en œuvre
implementation-alternative = autre mise en œuvre
implementation-not-in-scope = hors périmètre

# What a test of an action showed.
test-none = non testée
test-in-progress = en cours
test-passed = réussi
test-failed-low = échec, risque faible
test-failed-medium = échec, risque moyen
test-failed-high = échec, risque élevé
test-partially-tested = testé en partie
test-to-be-detected = à détecter
test-could-not-be-detected = non détectable
test-not-in-scope = hors périmètre

# Who tested.
test-source-manual = manuel
test-source-automatic = automatique
test-source-parent = action parente
place-source-manual = manuel
place-source-automatic = automatique

# The risk of a failed test.
risk-low = faible
risk-medium = moyen
risk-high = élevé

# How something stands.
state-covered = couvert
state-partial = partiel
state-gap = lacune
state-not-assessed = non évalué
state-excluded = exclu
state-unmapped = sans action
state-not-in-scope = hors périmètre
state-not-applicable = sans objet
state-not-used = non utilisé
state-attested = attesté
state-unattested = sans attestation
state-retired = retiré
state-external = externe
state-current = en vigueur
state-lapsed = expiré
state-not-yet = pas encore

# What a link of a graph says of its ends.
link-kind-contains = contient
link-kind-served-by = réalisée par
link-kind-depends-on = dépend de
link-kind-takes-status-from = reprend le statut de
link-kind-concerns = concerne
link-kind-proved-by = prouvée par
link-kind-named-by = nommé par

# What is done about an action.
work-kind-do = mettre en œuvre
work-kind-retest = retester
work-kind-prove = prouver
work-kind-renew = renouveler

# What a plan is to raise.
objective-score = score
objective-assurance = assurance
objective-controls = mesures

# What a provider's evidence is.
provider-evidence-kind-certificate = certificat
provider-evidence-kind-audit-report = rapport d’audit
provider-evidence-kind-statement-of-applicability = déclaration d’applicabilité
provider-evidence-kind-bridge-letter = lettre de transition

# What lapses.
lapse-kind-evidence = preuve
lapse-kind-test = test
lapse-kind-risk-acceptance = risque accepté

# Why a figure changed.
cause-work-done = travail accompli
cause-work-undone = travail défait
cause-newly-assessed = nouvellement évalué
cause-currency = ancienneté des preuves
cause-scope = périmètre
cause-template = modèle
cause-new-assessments = nouvelles évaluations

# Whether an edition is in force.
framework-status-current = en vigueur
framework-status-withdrawn = annulée

# What happens on a date to come.
event-kind-evidence-lapsed = une preuve expire
event-kind-audit-cycle-ended = un cycle d’audit s’achève
event-kind-test-lapsed = un test devient trop ancien
event-kind-acceptance-lapsed = une acceptation de risque prend fin
event-kind-service-retired = un service est retiré
event-kind-evidence-starts = une preuve prend effet
event-kind-service-named = un service est nommé
event-kind-status-begins = un statut prend effet
event-kind-action-done = une action est faite

# Whether a control is implemented.
realization-implemented = mise en œuvre
realization-partly-implemented = partiellement mise en œuvre
realization-planned = planifiée
realization-not-implemented = non mise en œuvre
realization-not-assessed = non évaluée

# Whether a Statement of Applicability is in force.
statement-status-draft = projet
statement-status-approved = approuvée

# Where a requirement comes from.
requirement-kind-legal = légale
requirement-kind-contractual = contractuelle
requirement-kind-business = métier
requirement-kind-risk = risque

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = non approuvée à la date de la déclaration
mark-kind-changed-since-approval = approuvée avant que la mise en œuvre de mesures ne change
mark-kind-review-overdue = la date de la prochaine revue est dépassée
mark-kind-exclusion-unjustified = exclue sans justification
mark-kind-excluded-but-served = exclue, mais servie par des actions dans le périmètre d’autres mesures
mark-kind-excluded-but-needed = exclue, mais des actions dans le périmètre exigent un travail que seules des mesures exclues demandent
mark-kind-excluded-but-required = exclue, mais des exigences en dépendent
mark-kind-inclusion-unjustified = applicable, mais rien ne dit pourquoi
mark-kind-applicable-out-of-scope = applicable, mais toutes ses actions sont hors périmètre
mark-kind-inheritance-unsupported = déclarée héritée, mais le fournisseur ne la porte pas seul
mark-kind-rests-on-lapsed-evidence = repose sur des preuves expirées

# The months.
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
