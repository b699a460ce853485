# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant }) au { $date }
graph-title-around = { $organization } ({ $tenant }) au { $date } : autour de { $id }
graph-assessment = { $group } : { $title }

# The columns.
graph-assessments = Évaluations
graph-domains = Domaines
graph-controls = Mesures
graph-actions = Actions
graph-services = Services
graph-evidence = Preuves

# What is seen, for those who hear it.
graph-description = { $kinds }. { $states }. Liens : { $count }.
