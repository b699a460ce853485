# Numbers and dates.
form-no-score = s. o.
form-percent = { $number } %
form-date = { $day }/{ $month }/{ $year }
form-long-date = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month } { $year }
form-list-separator = ,{" "}
form-sentence-gap = {" "}
