# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = Compliance report
workbook-sheet-summary = Summary
workbook-sheet-assessments = Assessments
workbook-sheet-domains = Domains
workbook-sheet-kinds = Missing by kind
workbook-sheet-controls = Controls
workbook-sheet-gaps = Gaps
workbook-sheet-actions = Actions
workbook-sheet-evidence = Evidence
workbook-sheet-trend = Trend
workbook-sheet-next = Next best actions

# The summary.
workbook-as-of = As of
workbook-tenant = Tenant
workbook-made-by = Made by
workbook-assessment = Assessment
workbook-assessments = Assessments
workbook-side = Side
workbook-target-status = Target status
workbook-outlook = Assurance on { $date } if nothing is renewed
workbook-outlook-plain = Assurance if nothing is renewed
workbook-chart-domains = Score and assurance by domain
workbook-chart-kinds = Gaps by kind
workbook-chart-trend = Score and assurance over time
workbook-chart-tenants = Score and assurance by tenant

# Columns of several sheets.
workbook-framework = Framework
workbook-group = Group
workbook-points = Points
workbook-title-of-it = Title
workbook-id = Id
workbook-services = Services
workbook-notes = Notes
workbook-yes = yes

# Controls.
workbook-tests = Tests
workbook-your-points = Your points
workbook-your-possible = Yours possible
workbook-provider-points = Provider points
workbook-provider-possible = Provider possible
workbook-excluded-because = Reason for exclusion

# Actions.
workbook-owner = Owner
workbook-type = Type
workbook-implementation = Implementation
workbook-test = Test
workbook-tested-by = Tested
workbook-implemented-on = Implemented on
workbook-tested-on = Tested on
workbook-fresh-until = Test counts until
workbook-places = Places
workbook-worth = Worth
workbook-earned-share = Earned
workbook-assured-share = Assured share
workbook-unassessed-share = Unassessed share
workbook-accepted-until = Risk accepted until
workbook-hours = Hours of work

# Evidence.
workbook-reference = Reference
workbook-counts-from = Counts from
workbook-counts-to = Counts until
workbook-days-left = Days left
workbook-where = Where it is
workbook-action-ids = Actions that rest on it

# Trend and next best actions.
workbook-snapshot = Snapshot
workbook-order = Order
workbook-assumed = Hours assumed
workbook-after = After
