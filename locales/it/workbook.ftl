# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = Rapporto di conformità
workbook-sheet-summary = Riepilogo
workbook-sheet-assessments = Valutazioni
workbook-sheet-domains = Domini
workbook-sheet-kinds = Mancanze per tipo
workbook-sheet-controls = Controlli
workbook-sheet-gaps = Lacune
workbook-sheet-actions = Azioni
workbook-sheet-evidence = Evidenze
workbook-sheet-trend = Andamento
workbook-sheet-next = Prossime azioni

# The summary.
workbook-as-of = Al
workbook-tenant = Tenant
workbook-made-by = Redatto con
workbook-assessment = Valutazione
workbook-assessments = Valutazioni
workbook-side = Lato
workbook-target-status = Stato obiettivo
workbook-outlook = Garanzia al { $date } se nulla è rinnovato
workbook-outlook-plain = Garanzia se nulla è rinnovato
workbook-chart-domains = Punteggio e garanzia per dominio
workbook-chart-kinds = Lacune per tipo
workbook-chart-trend = Punteggio e garanzia nel tempo
workbook-chart-tenants = Punteggio e garanzia per tenant

# Columns of several sheets.
workbook-framework = Framework
workbook-group = Gruppo
workbook-points = Punti
workbook-title-of-it = Titolo
workbook-id = Identificativo
workbook-services = Servizi
workbook-notes = Note
workbook-yes = sì

# Controls.
workbook-tests = Test
workbook-your-points = Punti vostri
workbook-your-possible = Possibili vostri
workbook-provider-points = Punti del fornitore
workbook-provider-possible = Possibili del fornitore
workbook-excluded-because = Motivo di esclusione

# Actions.
workbook-owner = Titolare
workbook-type = Natura
workbook-implementation = Attuazione
workbook-test = Esito del test
workbook-tested-by = Modo del test
workbook-implemented-on = Attuato il
workbook-tested-on = Testato il
workbook-fresh-until = Test valido fino al
workbook-places = Luoghi
workbook-worth = Valore
workbook-earned-share = Ottenuto
workbook-assured-share = Quota comprovata
workbook-unassessed-share = Quota non valutata
workbook-accepted-until = Rischio accettato fino al
workbook-hours = Ore di lavoro

# Evidence.
workbook-reference = Riferimento
workbook-counts-from = Conta dal
workbook-counts-to = Conta fino al
workbook-days-left = Giorni rimasti
workbook-where = Dove si trova
workbook-action-ids = Azioni che ne dipendono

# Trend and next best actions.
workbook-snapshot = Istantanea
workbook-order = Ordine
workbook-assumed = Ore presunte
workbook-after = Dopo
