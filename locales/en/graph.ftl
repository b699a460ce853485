# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant }) as of { $date }
graph-title-around = { $organization } ({ $tenant }) as of { $date }: around { $id }
graph-assessment = { $group }: { $title }

# The columns.
graph-assessments = Assessments
graph-domains = Domains
graph-controls = Controls
graph-actions = Actions
graph-services = Services
graph-evidence = Evidence

# What is seen, for those who hear it.
graph-description = { $kinds }. { $states }. Links: { $count }.
