# The graph of a profile as a picture.

# What it is of.
graph-title = { $organization } ({ $tenant })、{ $date } 現在
graph-title-around = { $organization } ({ $tenant })、{ $date } 現在、{ $id } の周辺
graph-assessment = { $group }: { $title }

# The columns.
graph-assessments = アセスメント
graph-domains = 領域
graph-controls = 管理策
graph-actions = 処置
graph-services = サービス
graph-evidence = 証拠

# What is seen, for those who hear it.
graph-description = { $kinds }。{ $states }。リンク { $count }。
