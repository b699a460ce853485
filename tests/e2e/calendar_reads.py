"""The calendar, read by another program, has an entry for every end that the JSON has, and nothing more."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

annexa = sys.argv[1]
LEAD = 45
ENDS = {"evidence-lapsed", "audit-cycle-ended", "test-lapsed", "acceptance-lapsed", "service-retired"}

profiles = [*Path("templates/microsoft-cloud/profiles").glob("*.toml"), Path("tests/e2e/hostile.toml")]
for profile in profiles:
    base = [annexa, "forecast", str(profile), "--from", "2021-06-01", "--until", "2024-06-01", "--quiet"]
    said = json.loads(subprocess.run([*base, "--format", "json"], check=True, capture_output=True).stdout)
    text = subprocess.run([*base, "--format", "ics", "--lead", str(LEAD)], check=True, capture_output=True).stdout
    assert text == subprocess.run([*base, "--format", "ics", "--lead", str(LEAD)], check=True, capture_output=True).stdout
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), profile
    assert b"\n" not in text.replace(b"\r\n", b"") and b"\r" not in text.replace(b"\r\n", b""), profile
    calendar = Calendar.from_ical(text)
    assert not calendar.errors and all(name in calendar for name in calendar.required), profile
    ends = [(step, event) for step in said["steps"] for event in step["events"] if event["kind"] in ENDS]
    entries = calendar.walk("VEVENT")
    assert len(entries) == len(ends) > 0, (profile, len(entries), len(ends))
    assert {c.name for c in calendar.walk()} == {"VCALENDAR", "VEVENT", "VALARM"}, profile
    assert len({str(e["UID"]) for e in entries}) == len(entries), profile
    for entry, (step, event) in zip(entries, ends):
        assert not entry.errors, (profile, entry.errors)
        expected = max(date.fromisoformat(step["from"]) - timedelta(LEAD), date(2021, 6, 1))
        assert entry["DTSTART"].dt == expected and type(entry["DTSTART"].dt) is date, entry
        assert event["id"] in entry["SUMMARY"], (profile, entry["SUMMARY"])
        assert entry["CATEGORIES"].cats == [event["kind"]], entry
        assert entry["DESCRIPTION"].endswith("Controls: " + ", ".join(event["controls"])), entry["DESCRIPTION"]
        assert [a["TRIGGER"].dt for a in entry.walk("VALARM")] == [timedelta(hours=9)], entry
    print(f"calendar: {profile}: {len(entries)} entries")
