"""The library at a day as numbers and words for scan.c: days as 20260601, sets of services as bits."""

import sys
from datetime import date
from pathlib import Path

from rules import Library


def main():
    folder, day, output = sys.argv[1:]
    library = Library(folder, date.fromisoformat(day))
    days = [f"{d:%Y%m%d}" for d in (library.as_of, library.manual_from, library.automatic_from)]
    actions = library.customer + library.provider
    sets = [library.retired, library.attested, library.current]
    lines = [" ".join(map(str, [*days, *sets, len(library.bits), len(library.controls), len(actions)]))]
    lines += [*library.bits, *library.controls]
    for a in actions:
        numbers = [int(a.is_provider), a.points, int(a.everywhere), a.mask, len(a.controls), *a.controls]
        lines.append(" ".join(map(str, [a.id, *numbers])))
    Path(output).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
