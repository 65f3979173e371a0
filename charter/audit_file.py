"""The audit log as a file of rows, for a spreadsheet."""

from collections.abc import Iterable

from charter import clock
from charter.audit_reading import Entry
from charter.csv_files import csv_file

_COLUMNS = ("number", "at", "who", "act", "subject", "detail")


def audit_csv(entries: Iterable[Entry]) -> str:
    """Write entries as CSV, the columns as in `Entry`, moments in the place's time zone with their offset."""
    return csv_file([_COLUMNS, *(_row(entry) for entry in entries)])


def _row(entry: Entry) -> tuple[str, ...]:
    at = clock.local(entry.at).isoformat(timespec="seconds")
    return str(entry.number), at, entry.who, entry.act, entry.subject, entry.detail
