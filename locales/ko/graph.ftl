# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant }), { $date } 기준
graph-title-around = { $organization } ({ $tenant }), { $date } 기준: { $id } 주변
graph-assessment = { $group }: { $title }

# The columns.
graph-assessments = 평가
graph-domains = 영역
graph-controls = 통제
graph-actions = 작업
graph-services = 서비스
graph-evidence = 증거

# What is seen, for those who hear it.
graph-description = { $kinds }. { $states }. 링크 { $count }.
