# The score over time: `annexa history trend` and `rescore`, and charts of any kind.

# What a trend is of.
trend-domain = dominio { $id } { $title }
trend-control = controllo { $id }
trend-score-recorded = Punteggio registrato
trend-score-anew = Punteggio con questa libreria

# What changed that is no work.
trend-library = la libreria { $from } è diventata { $to }: { $files }
trend-same-files = gli stessi file in altre cartelle
trend-more-files = altri { $count }
trend-engine = annexa { $from } è diventato { $to }
trend-added = valutazione aggiunta: { $template } per { $group }
trend-removed = valutazione rimossa: { $template } per { $group }
trend-separator = ;{" "}

# Where there is no line to draw.
trend-one-date = È registrata una sola data; con una seconda c’è un andamento.
trend-none-between = Nessuna istantanea di { $tenant } cade tra queste date; ce ne sono dal { $first } al { $last }.
trend-nothing = Non c’è nulla di registrato per { $tenant }.

# Tables.
trend-unassessed = Punti non valutati
trend-gaps = Lacune
trend-framework = Framework
trend-title = Titolo
trend-first = Prima
trend-last = Ultima
trend-anew = Con questa libreria

# A chart, for those who hear it.
chart-ends = { $name }: { $first } il { $from }, { $last } il { $to }
chart-no-value = { $name }: nessun valore
chart-level = { $name }: { $percent }
chart-mark = { $date }: { $what }
chart-point = { $name }, { $date }: { $percent }
chart-separator = .{" "}
