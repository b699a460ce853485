# Numbers and dates.
form-no-score = s. o.
form-percent = { $number } %
form-date = { $day }/{ $month }/{ $year }
form-long-date = { $day } { $month } { $year }
form-list-separator = ,{" "}
