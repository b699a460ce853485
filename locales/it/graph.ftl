# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant }) al { $date }
graph-title-around = { $organization } ({ $tenant }) al { $date }: intorno a { $id }
graph-assessment = { $group }: { $title }

# The columns.
graph-assessments = Valutazioni
graph-domains = Domini
graph-controls = Controlli
graph-actions = Azioni
graph-services = Servizi
graph-evidence = Evidenze

# What is seen, for those who hear it.
graph-description = { $kinds }. { $states }. Collegamenti: { $count }.
