"""The audit log as a CSV file, in which no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable

from charter import clock
from charter.audit_reading import Entry

_COLUMNS = ("number", "at", "who", "act", "subject", "detail")
# A spreadsheet takes a cell that begins so for a formula, and would carry it out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def audit_csv(entries: Iterable[Entry]) -> str:
    """Write entries as CSV, the columns as in `Entry`, moments in the place's time zone with their offset."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(_COLUMNS)
    for entry in entries:
        at = clock.local(entry.at).isoformat(timespec="seconds")
        cells = (str(entry.number), at, entry.who, entry.act, entry.subject, entry.detail)
        writer.writerow([safe_cell(cell) for cell in cells])
    return written.getvalue()


def safe_cell(text: str) -> str:
    """Give a cell's text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
