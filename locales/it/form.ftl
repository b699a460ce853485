# Numbers and dates.
form-no-score = n/d
form-percent = { $number }%
form-date = { $day }/{ $month }/{ $year }
form-long-date = { $day ->
        [1] 1º
       *[other] { $day }
    } { $month } { $year }
form-list-separator = ,{" "}
form-sentence-gap = {" "}
