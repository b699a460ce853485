#!/usr/bin/env bash
# What a person sees on a real terminal: colours and tables, and none with NO_COLOR or in a pipe.
set -euo pipefail
annexa=$1 work=$2
command -v tmux >/dev/null || { apt-get update -q >/dev/null && apt-get install -y -q tmux >/dev/null; }

profile=templates/microsoft-cloud/profiles/small-business.toml
# A server for each terminal: one that is just ending takes the next session with it.
shown=0
show() {
    shown=$((shown + 1))
    env -u NO_COLOR TERM=xterm-256color tmux -L "annexa-e2e-$$-$shown" new-session -d -x 100 -y 50 "$1; echo finished; sleep 30"
    for _ in $(seq 100); do
        tmux -L "annexa-e2e-$$-$shown" capture-pane -e -p > "$work/screen"
        grep -q finished "$work/screen" && break
        sleep 0.1
    done
    tmux -L "annexa-e2e-$$-$shown" kill-server
    grep -q finished "$work/screen"
}

show "$annexa score $profile --as-of 2021-12-01 | head -5; $annexa score $profile --as-of 2021-12-01 | grep -c . "
grep -q 'Fabrikam' "$work/screen"
if grep -q $'\e\[1m.*Fabrikam' "$work/screen"; then echo "colour in a pipe" >&2; exit 1; fi

show "$annexa gaps $profile --as-of 2021-12-01 --control A.9.4.2"
grep -q $'\e\[' "$work/screen"
awk '{ gsub(/\x1b\[[0-9;]*m/, ""); if (length($0) > 100) { print "line wider than the terminal: " $0; exit 1 } }' "$work/screen"

show "NO_COLOR=1 $annexa gaps $profile --as-of 2021-12-01 --control A.9.4.2"
if grep -q $'\e\[1m' "$work/screen"; then echo "colour in spite of NO_COLOR" >&2; exit 1; fi
# The widest column does not break a word of an id.
show "$annexa library list actions --control A.9.2.5"
grep -q 'schedule-privileged-access-reviews' "$work/screen"

# A chart is as wide as the terminal, and its lines are told apart by colour too.
for day in 2021-06-01 2021-09-01 2021-12-01; do
    $annexa history record $profile --as-of $day --db "$work/trend.db" >/dev/null
done
show "$annexa history trend --db $work/trend.db"
grep -q $'\e\[36m' "$work/screen"
awk '{ gsub(/\x1b\[[0-9;]*m/, ""); most = length($0) > most ? length($0) : most } END { exit most != 100 }' "$work/screen"

# Work of more than a second shows how long it has taken, and takes that away before anything is written.
printf '[organization]\nname = "Slow"\n[[assessment]]\ntemplate = "microsoft-cloud/iso-27001-2013"\n' > "$work/slow.toml"
tmux -L "annexa-e2e-$$-waits" new-session -d -x 100 -y 50 "(sleep 3; cat $work/slow.toml) | $annexa score - --as-of 2021-12-01 | head -1; echo finished; sleep 30"
sleep 2.2
tmux -L "annexa-e2e-$$-waits" capture-pane -p > "$work/screen"
grep -qE '[0-9]s' "$work/screen"
for _ in $(seq 100); do
    tmux -L "annexa-e2e-$$-waits" capture-pane -p > "$work/screen"
    grep -q finished "$work/screen" && break
    sleep 0.1
done
tmux -L "annexa-e2e-$$-waits" kill-server
[ "$(head -1 "$work/screen")" = 'Slow (Slow)  as of 2021-12-01' ]

# Questions are asked of a person, and asked again after an answer that does not fit.
tmux -L "annexa-e2e-$$-asks" new-session -d -x 100 -y 50 "$annexa init -o $work/asked.toml; echo finished; sleep 30"
for answer in 'Contoso Ltd' 'azure, ofice-365' 'azure, office-365' '120' '82.5'; do
    sleep 0.5
    tmux -L "annexa-e2e-$$-asks" send-keys "$answer" Enter
done
sleep 0.5
tmux -L "annexa-e2e-$$-asks" capture-pane -p > "$work/screen"
tmux -L "annexa-e2e-$$-asks" kill-server
grep -q 'the nearest known name is `office-365`' "$work/screen"
grep -q 'write a percentage from 0 to 100' "$work/screen"
grep -q '^name = "Contoso Ltd"$' "$work/asked.toml"
grep -q '^target = 82.5$' "$work/asked.toml"
"$annexa" check --strict --quiet "$work/asked.toml"
echo "terminal: colours, widths and questions hold"
