# What `annexa report --format xlsx` writes. The names of sheets have at most 31 characters and none of [ ] : * ? / \.
workbook-title = 컴플라이언스 보고서
workbook-sheet-summary = 요약
workbook-sheet-assessments = 평가
workbook-sheet-domains = 영역
workbook-sheet-kinds = 유형별 미비
workbook-sheet-controls = 통제
workbook-sheet-gaps = 격차
workbook-sheet-actions = 작업
workbook-sheet-evidence = 증거
workbook-sheet-trend = 추이
workbook-sheet-next = 다음 작업

# The summary.
workbook-as-of = 기준일
workbook-tenant = 테넌트
workbook-made-by = 작성
workbook-assessment = 평가
workbook-assessments = 평가 수
workbook-side = 구분
workbook-target-status = 목표 달성
workbook-outlook = 아무것도 갱신하지 않을 때 { $date } 보증
workbook-outlook-plain = 갱신하지 않을 때 보증
workbook-chart-domains = 영역별 점수와 보증
workbook-chart-kinds = 유형별 격차
workbook-chart-trend = 점수와 보증 추이
workbook-chart-tenants = 테넌트별 점수와 보증

# Columns of several sheets.
workbook-framework = 프레임워크
workbook-group = 그룹
workbook-points = 득점
workbook-title-of-it = 제목
workbook-id = ID
workbook-services = 서비스
workbook-notes = 비고
workbook-yes = 예

# Controls.
workbook-tests = 테스트
workbook-your-points = 고객 득점
workbook-your-possible = 고객 만점
workbook-provider-points = 공급자 득점
workbook-provider-possible = 공급자 만점
workbook-excluded-because = 제외 사유

# Actions.
workbook-owner = 담당 측
workbook-type = 종류
workbook-implementation = 구현
workbook-test = 테스트 결과
workbook-tested-by = 테스트 방법
workbook-implemented-on = 구현일
workbook-tested-on = 테스트일
workbook-fresh-until = 테스트 유효 기한
workbook-places = 위치
workbook-worth = 배점
workbook-earned-share = 획득률
workbook-assured-share = 증거 비율
workbook-unassessed-share = 미평가 비율
workbook-accepted-until = 위험 수용 기한
workbook-hours = 작업 시간

# Evidence.
workbook-reference = 참조 번호
workbook-counts-from = 효력 시작일
workbook-counts-to = 효력 종료일
workbook-days-left = 남은 일수
workbook-where = 위치
workbook-action-ids = 의존하는 작업

# Trend and next best actions.
workbook-snapshot = 스냅샷
workbook-order = 순서
workbook-assumed = 시간 가정
workbook-after = 선행
