# How diagnostics are told.
diagnostic-error = 錯誤
diagnostic-warning = 警告
diagnostic-help = 說明
diagnostic-note = 附註
diagnostic-clause = { $clause }：{ $names }
diagnostic-errors = { $count } 個錯誤
diagnostic-warnings = { $count } 個警告
diagnostic-shown = ；顯示前 { $count } 個
