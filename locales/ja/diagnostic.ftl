# How diagnostics are told.
diagnostic-error = エラー
diagnostic-warning = 警告
diagnostic-help = ヘルプ
diagnostic-note = 注
diagnostic-clause = { $clause }: { $names }
diagnostic-errors = エラー { $count } 件
diagnostic-warnings = 警告 { $count } 件
diagnostic-shown = 、最初の { $count } 件を表示
