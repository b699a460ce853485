# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant })，截至 { $date }
graph-title-around = { $organization } ({ $tenant })，截至 { $date }：{ $id } 周邊
graph-assessment = { $group }：{ $title }

# The columns.
graph-assessments = 評定
graph-domains = 領域
graph-controls = 控制措施
graph-actions = 動作
graph-services = 服務
graph-evidence = 證據

# What is seen, for those who hear it.
graph-description = { $kinds }。{ $states }。連結 { $count }。
