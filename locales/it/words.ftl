# The words of closed sets: <set>-<word>. Looked up by name, so none is a constant of its own.

# What a control comes to.
control-status-excluded = escluso
control-status-unmapped = senza azione
control-status-not-in-scope = fuori ambito
control-status-covered = coperto
control-status-partial = parziale
control-status-gap = lacuna

# How the tests of a control roll up.
test-status-failed = non superato
test-status-not-in-scope = fuori ambito
test-status-passed = superato
test-status-none = nessun test
test-status-in-progress = in corso

# Who carries a control.
responsibility-customer = cliente
responsibility-provider = fornitore
responsibility-shared = condivisa

# Which half of a shared control is missing.
shared-gap-customer-side = lato cliente
shared-gap-provider-side = lato fornitore
shared-gap-both-sides = entrambi i lati

# Why something is reported as a gap.
gap-kind-not-assessed = non valutato
gap-kind-not-implemented = non attuato
gap-kind-planned = pianificato
gap-kind-test-failed = test non superato
gap-kind-untested = non testato
gap-kind-partial = parziale
gap-kind-provider-unattested = fornitore non attestato
gap-kind-service-not-certified = servizio non certificato
gap-kind-evidence-missing = evidenza mancante
gap-kind-evidence-expired = evidenza scaduta
gap-kind-evidence-expiring = evidenza in scadenza
gap-kind-test-stale = test non aggiornato
gap-kind-conflicting-status = stati in conflitto
gap-kind-unmapped-control = controllo senza azione
gap-kind-inheritance-unsupported = ereditarietà non dimostrata
gap-kind-exclusion-unjustified = esclusione non giustificata
gap-kind-risk-accepted = rischio accettato

# Whose work it is.
owner-customer = cliente
owner-provider = fornitore

# What kind of work an action is.
action-type-technical = tecnica
action-type-documentation = documentazione
action-type-operational = operativa

# What an action is for.
purpose-preventative = preventiva
purpose-detective = di rilevamento
purpose-corrective = correttiva

# Whether an action binds users without their doing.
enforcement-mandatory = obbligatoria
enforcement-discretionary = discrezionale

# What a control is.
control-kind-clause = requisito
control-kind-annex-a = Allegato A
control-kind-control = controllo

# How far an action has been put into practice.
implementation-not-implemented = non attuata
implementation-planned = pianificata
implementation-implemented = attuata
implementation-alternative = attuazione alternativa
implementation-not-in-scope = fuori ambito

# What a test of an action showed.
test-none = non testata
test-in-progress = in corso
test-passed = superato
test-failed-low = non superato, rischio basso
test-failed-medium = non superato, rischio medio
test-failed-high = non superato, rischio alto
test-partially-tested = testato in parte
test-to-be-detected = da rilevare
test-could-not-be-detected = non rilevabile
test-not-in-scope = fuori ambito

# Who tested.
test-source-manual = manuale
test-source-automatic = automatico
test-source-parent = azione padre
place-source-manual = manuale
place-source-automatic = automatico

# The risk of a failed test.
risk-low = basso
risk-medium = medio
risk-high = alto

# How something stands.
state-covered = coperto
state-partial = parziale
state-gap = lacuna
state-not-assessed = non valutato
state-excluded = escluso
state-unmapped = senza azione
state-not-in-scope = fuori ambito
state-not-applicable = non applicabile
state-not-used = non utilizzato
state-attested = attestato
state-unattested = non attestato
state-retired = ritirato
state-external = esterno
state-current = valida
state-lapsed = scaduta
state-not-yet = non ancora

# What a link of a graph says of its ends.
link-kind-contains = contiene
link-kind-served-by = attuato da
link-kind-depends-on = dipende da
link-kind-takes-status-from = prende lo stato da
link-kind-concerns = riguarda
link-kind-proved-by = provata da
link-kind-named-by = nominato da

# What is done about an action.
work-kind-do = attuare
work-kind-retest = ritestare
work-kind-prove = dimostrare
work-kind-renew = rinnovare

# What a plan is to raise.
objective-score = punteggio
objective-assurance = garanzia
objective-controls = controlli

# What a provider's evidence is.
provider-evidence-kind-certificate = certificato
provider-evidence-kind-audit-report = rapporto di audit
provider-evidence-kind-statement-of-applicability = dichiarazione di applicabilità
provider-evidence-kind-bridge-letter = lettera ponte

# What lapses.
lapse-kind-evidence = evidenza
lapse-kind-test = test
lapse-kind-risk-acceptance = rischio accettato

# Why a figure changed.
cause-work-done = lavoro svolto
cause-work-undone = lavoro venuto meno
cause-newly-assessed = valutato di recente
cause-currency = età delle prove
cause-scope = ambito
cause-template = modello
cause-new-assessments = nuove valutazioni

# Whether an edition is in force.
framework-status-current = in vigore
framework-status-withdrawn = ritirata

# What happens on a date to come.
event-kind-evidence-lapsed = scade un’evidenza
event-kind-audit-cycle-ended = si chiude un ciclo di audit
event-kind-test-lapsed = un test diventa troppo vecchio
event-kind-acceptance-lapsed = termina un’accettazione del rischio
event-kind-service-retired = viene ritirato un servizio
event-kind-evidence-starts = entra in vigore un’evidenza
event-kind-service-named = viene nominato un servizio
event-kind-status-begins = inizia a contare uno stato
event-kind-action-done = viene svolta un’azione

# Whether a control is implemented.
realization-implemented = attuato
realization-partly-implemented = parzialmente attuato
realization-planned = pianificato
realization-not-implemented = non attuato
realization-not-assessed = non valutato

# Whether a Statement of Applicability is in force.
statement-status-draft = bozza
statement-status-approved = approvata

# Where a requirement comes from.
requirement-kind-legal = legale
requirement-kind-contractual = contrattuale
requirement-kind-business = di business
requirement-kind-risk = rischio

# What an auditor would ask about in a Statement of Applicability.
mark-kind-not-approved = non approvata alla data della dichiarazione
mark-kind-changed-since-approval = approvata prima che l’attuazione di controlli cambiasse
mark-kind-review-overdue = la data del prossimo riesame è trascorsa
mark-kind-exclusion-unjustified = escluso senza giustificazione
mark-kind-excluded-but-served = escluso, ma servito da azioni nell’ambito di altri controlli
mark-kind-excluded-but-needed = escluso, ma azioni nell’ambito richiedono un lavoro che solo controlli esclusi prevedono
mark-kind-excluded-but-required = escluso, ma alcuni requisiti ne dipendono
mark-kind-inclusion-unjustified = applicabile, ma nulla dice perché
mark-kind-applicable-out-of-scope = applicabile, ma tutte le sue azioni sono fuori ambito
mark-kind-inheritance-unsupported = dichiarato ereditato, ma il fornitore non lo sostiene da solo
mark-kind-rests-on-lapsed-evidence = poggia su evidenze scadute

# The months.
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre
