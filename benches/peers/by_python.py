"""Plain Python: a loop over the profiles, with orjson, the standard json, or tomllib over a folder of TOML."""

import json
import tomllib

from rules import FIRST, LAST, Library, arguments, write_rows

WHOLE = 10_000


class Scorer:
    def __init__(self, library, as_date):
        """Days of a profile are compared as they are read: `as_date` makes the library's days of that kind."""
        self.library = library
        self.as_date = as_date
        self.day, self.first, self.last = as_date(library.as_of), as_date(FIRST), as_date(LAST)
        self.fresh = {"manual": as_date(library.manual_from), "automatic": as_date(library.automatic_from)}
        self.position = {c: n for n, c in enumerate(library.controls)}

    def services(self, profile):
        """The services used, those attested, and those attested by something current, as bits."""
        library, day = self.library, self.day
        attested, current = library.attested, library.current
        for item in profile.get("evidence", ()):
            for named in item.get("services", ()):
                service, since = (named, None) if isinstance(named, str) else (named["id"], named.get("since"))
                since = since or item.get("valid_from")
                if since is not None and since <= day:
                    attested |= library.bits[service]
                    if item.get("valid_from", self.first) <= day <= item.get("valid_to", self.last):
                        current |= library.bits[service]
        used = 0
        for service in profile["service"]:
            used |= library.bits[service["id"]]
        return used, attested & ~library.retired & used, current & ~library.retired & used

    def place(self, place, action, shown):
        """Whether a place is in scope, what it earns, what of it is assured, and what is unassessed."""
        implementation = place["implementation"]
        test = place.get("test", "not-in-scope" if implementation == "not-in-scope" else "none")
        get = action.get
        tested_on = place.get("tested_on") or get("tested_on")
        implemented_on = place.get("implemented_on") or get("implemented_on")
        day = self.day
        if (tested_on is not None and tested_on > day) or (implemented_on is not None and implemented_on > day):
            return implementation != "not-in-scope", 0, 0, 0
        if implementation == "not-in-scope" or test == "not-in-scope":
            return False, 0, 0, 0
        if test == "to-be-detected" or test == "could-not-be-detected":
            return True, 0, 0, WHOLE
        source = place.get("test_source") or get("test_source", "manual")
        if test == "passed" and implementation in ("implemented", "alternative"):
            earned = WHOLE
        elif test == "partially-tested" and source == "automatic":
            # At most four places are written, so rounding undoes what binary fractions did to them.
            earned = round(place.get("fraction", get("fraction", 0)) * WHOLE)
        else:
            return True, 0, 0, 0
        assured = earned
        if tested_on is None or tested_on < self.fresh[source]:
            assured = 0
        elif source != "automatic":
            links = place.get("evidence")
            if shown.isdisjoint(get("evidence", ()) if links is None else links):
                assured = 0
        return True, earned, assured, 0

    def action(self, entry, shown):
        places = entry.get("instance")
        if not places:
            return self.place(entry, entry, shown)
        count = earned = assured = unassessed = 0
        for place in places:
            in_scope, one, sure, unknown = self.place(place, entry, shown)
            if in_scope:
                count, earned, assured, unassessed = count + 1, earned + one, assured + sure, unassessed + unknown
        if not count:
            return False, 0, 0, 0
        return True, earned // count, assured // count, unassessed // count

    def row(self, profile):
        library, day = self.library, self.day
        used, attested, current = self.services(profile)
        evidence = profile.get("evidence", ())
        shown = {e["id"] for e in evidence if e.get("valid_from", self.first) <= day <= e.get("valid_to", self.last)}
        excluded = {self.position[e["control"]] for e in profile.get("exclusion", ())}
        entries = {entry["id"]: entry for entry in profile.get("action", ())}
        size = len(library.controls)
        earned_of, possible_of = [0] * size, [0] * size
        # Controls with an action that applies and is out of scope.
        left_out = set()
        achieved = possible = assured = unassessed = 0
        for action in library.customer:
            if not action.everywhere and not action.mask & used:
                continue
            entry = entries.get(action.id)
            one = (True, 0, 0, WHOLE) if entry is None else self.action(entry, shown)
            in_scope, earned, sure, unknown = one
            points, controls = action.points, action.controls
            if not in_scope:
                left_out.update(controls)
                continue
            for control in controls:
                possible_of[control] += points
            if earned:
                earned *= points
                for control in controls:
                    earned_of[control] += earned
            if not (excluded and excluded.issuperset(controls)):
                achieved += earned
                assured += points * sure
                unassessed += points * unknown
                possible += points
        for action in library.provider:
            applicable = (action.mask & used).bit_count()
            if not applicable:
                continue
            earned = WHOLE * (action.mask & attested).bit_count() // applicable
            sure = WHOLE * (action.mask & current).bit_count() // applicable
            points, controls = action.points, action.controls
            for control in controls:
                earned_of[control] += points * earned
                possible_of[control] += points
            if not (excluded and excluded.issuperset(controls)):
                achieved += points * earned
                assured += points * sure
                possible += points
        statuses = [0] * 6
        for control in range(size):
            points = possible_of[control]
            applies = points or control in left_out
            statuses[self.status(control in excluded, applies, earned_of[control], points)] += 1
        return [profile["organization"]["tenant"], achieved, possible * WHOLE, assured, unassessed, *statuses]

    @staticmethod
    def status(is_excluded, applies, earned, possible):
        """The position in `STATUSES`."""
        if is_excluded:
            return 5
        if not applies:
            return 4
        if not possible:
            return 3
        coverage = earned // possible
        return 0 if coverage == WHOLE else 2 if coverage == 0 else 1


def profiles_of(reader, path):
    if reader == "tomllib":
        for file in sorted(path.iterdir()):
            with open(file, "rb") as opened:
                yield tomllib.load(opened)
        return
    if reader == "orjson":
        from orjson import loads
    else:
        loads = json.loads
    with open(path, "rb") as opened:
        for line in opened:
            yield loads(line)


def main():
    parser = arguments(__doc__)
    parser.add_argument("--reader", choices=["orjson", "json", "tomllib"], required=True)
    parser.add_argument("--only-read", action="store_true", help="read the profiles and count them")
    given = parser.parse_args()
    library = Library(given.library, given.as_of)
    profiles = profiles_of(given.reader, given.input)
    if given.only_read:
        given.output.write_text(f"{sum(1 for _ in profiles)}\n")
        return
    scorer = Scorer(library, (lambda day: day) if given.reader == "tomllib" else str)
    write_rows(given.output, map(scorer.row, profiles))


if __name__ == "__main__":
    main()
