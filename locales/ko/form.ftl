# Numbers and dates.
form-no-score = 없음
form-percent = { $number }%
form-date = { $year }. { $month }. { $day }.
form-long-date = { $year }년 { $month }월 { $day }일
form-list-separator = ,{" "}
form-sentence-gap = {" "}
