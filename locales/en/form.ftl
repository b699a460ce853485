# Numbers and dates.
form-no-score = n/a
form-percent = { $number } %
form-date = { $year }-{ $month }-{ $day }
form-long-date = { $day } { $month } { $year }
form-list-separator = ,{" "}
form-sentence-gap = {" "}
