# Progress for a manager: `annexa history report`.

progress-title = { $organization }（{ $tenant }）: { $from } から { $to } までの進捗

# From which state to which.
progress-span = 始点は{ $from }、終点は{ $to }です。
progress-span-first = 始点は最初の{ $from }で（{ $since } 以前のものはありません）、終点は{ $to }です。
progress-span-before = 始点は { $since } より前で最後の{ $from }、終点は{ $to }です。
progress-snapshot = スナップショット { $id }（{ $date }）
progress-profile = {" "}{ $date } 現在のプロファイル
progress-between = その間にスナップショットが { $count } 件あります。

# The sections.
progress-then-and-now = 以前と現在
progress-better = 改善したもの
progress-nothing-better = 改善したものはありません。
progress-worse = 悪化したもの
progress-nothing-worse = 悪化したものはありません。
progress-lapses = 次に失効するもの
progress-team = チームの実績
progress-no-team = 前進した処置も、更新された証拠もありません。
progress-pace = ペース
progress-rounding = 点は小数第一位に、ペースは絶対値で四捨五入しています。目標とその日付は正確に計算しています。

# Tables.
progress-then = 以前
progress-now = 現在
progress-points-earned = 得点
progress-points-assured = 証拠が有効な点
progress-points-possible = 満点
progress-proof = 証拠
progress-assessed-in = アセスメント
progress-provider = プロバイダー
progress-last-day = 最終日
progress-what = 種類
progress-of = 対象
progress-controls = 管理策
progress-first-of = { $first } ほか { $count } 件
progress-moved-up = 前進した処置
progress-proof-renewed = 更新された証拠
progress-nobody = （担当者の指定なし）
progress-more = ほか { $count } 件（JSON にはすべてあります）。

# Why the figures moved: a sentence for each cause, with its parts in a row.
progress-cause-rises = { $cause }（処置 { $count } 件）: { $parts }。スコアは { $percent } パーセントポイント上昇しました。
progress-cause-falls = { $cause }（処置 { $count } 件）: { $parts }。スコアは { $percent } パーセントポイント低下しました。
progress-cause-stays = { $cause }（処置 { $count } 件）: { $parts }。スコアは変わりません。
progress-cause-unscored = { $cause }（処置 { $count } 件）: { $parts }。一方の状態にはスコアがありません。
progress-earned = 得点 { $points } 点増
progress-lost = 得点 { $points } 点減
progress-more-possible = 満点 { $points } 点増
progress-less-possible = 満点 { $points } 点減
progress-proof-gained = 証拠のある点 { $points } 点増
progress-proof-lost = 証拠のある点 { $points } 点減
progress-no-points = 点の増減なし

# What the assurance comes to if nothing is renewed.
progress-assurance-falls = 何も更新しなければ、保証は { $by } までに { $now } から { $then } に下がります。
progress-assurance-lasts = { $days } 日以内に失効するものはありません。{ $by } の保証は { $then } です。
progress-assurance-holds = 失効するものがあっても、それだけで保証が下がることはありません。{ $by } には { $then }、現在は { $now } です。

# How fast it went.
progress-no-pace = 二つの状態が同じ日付のものなので、ペースはありません。
progress-pace-none = { $days } 日間に点の増減はありませんでした。
progress-pace-gained = { $days } 日間に { $points } 点増えました（30 日あたり { $monthly } 点）。
progress-pace-lost = { $days } 日間に { $points } 点減りました（30 日あたり { $monthly } 点）。
progress-no-part = 適用範囲、ライブラリ、追加または削除されたアセスメントによる増減（{ $points } 点）はペースに含みません。
progress-score-stays = スコアは、30 日あたり百分の一パーセントポイントの精度で変わりません。
progress-score-rises = スコアは 30 日あたり { $percent } パーセントポイント上昇しています。
progress-score-falls = スコアは 30 日あたり { $percent } パーセントポイント低下しています。
progress-lapsed = 失効により { $points } 点分の証拠が失われました（30 日あたり { $monthly } 点）。更新されたものはありません。
progress-lapsed-renewed = 失効により { $points } 点分の証拠が失われ（30 日あたり { $monthly } 点）、更新により { $renewed } 点分が戻りました。
progress-renewed = 失効により失われた証拠はありません。更新により { $renewed } 点分が戻りました。
progress-neither = 失効により失われた証拠も、更新されたものもありません。

# Targets: where each stands, and when it is met at that pace.
progress-no-target = プロファイルのアセスメントにも --target にも、目標は設定されていません。
progress-target-met = { $of ->
        [all] 全体の目標 { $target } は { $date } 現在で達成しています。
        [one] { $title } の目標 { $target } は { $date } 現在で達成しています。
       *[group] { $title }（グループ { $group }）の目標 { $target } は { $date } 現在で達成しています。
     }
progress-target-lacks = { $of ->
        [all] 全体の目標 { $target } には { $missing } 点足りません。
        [one] { $title } の目標 { $target } には { $missing } 点足りません。
       *[group] { $title }（グループ { $group }）の目標 { $target } には { $missing } 点足りません。
     }
progress-target-unscored = { $of ->
        [all] 全体の目標 { $target } は達成とも未達成とも言えません。計算の対象がなく、スコアがないためです。
        [one] { $title } の目標 { $target } は達成とも未達成とも言えません。計算の対象がなく、スコアがないためです。
       *[group] { $title }（グループ { $group }）の目標 { $target } は達成とも未達成とも言えません。計算の対象がなく、スコアがないためです。
     }
progress-expected = { $today } までの { $days } 日間のペースが続き、分母が変わらなければ、{ $on } に達成します。
progress-distant = { $today } までの { $days } 日間のペースが続き、分母が変わらなければ、百年以内には達成しません。
progress-standstill = { $today } までの { $days } 日間に増えた点はなく、このペースでは達成することはありません。
progress-falling = { $today } までの { $days } 日間に点が減っており、このペースでは達成することはありません。
progress-one-date = 一つの日付の状態だけではペースがなく、達成する日もわかりません。
progress-unlike = 適用範囲、ライブラリ、またはアセスメントにより計算の対象がこの期間に変わったため、目標に固有のペースがなく、達成する日もわかりません。
