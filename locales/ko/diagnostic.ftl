# How diagnostics are told.
diagnostic-error = 오류
diagnostic-warning = 경고
diagnostic-help = 도움말
diagnostic-note = 참고
diagnostic-clause = { $clause }: { $names }
diagnostic-errors = 오류 { $count }개
diagnostic-warnings = 경고 { $count }개
diagnostic-shown = ; 처음 { $count }개를 표시
