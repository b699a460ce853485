# Numbers and dates.
form-no-score = なし
form-percent = { $number }%
form-date = { $year }/{ $month }/{ $day }
form-long-date = { $year }年{ $month }月{ $day }日
form-list-separator = 、
form-sentence-gap = {""}
