"""A copy as a file of rows, for a spreadsheet. Nothing in it is taken for a formula."""

import csv
import io

from charter import clock
from charter.own.copies import SentCopy

_COLUMNS = ("Promise", "Theme", "Title", "Question", "Answer", "Comment", "Quoting")
# What a spreadsheet takes for the start of a formula, or skips on its way to one.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "\ufeff"  # without it a spreadsheet program takes the letters for those of another alphabet


def copy_as_csv(copy: SentCopy) -> str:
    """Write a copy as comma-separated values: first what it is a copy of, then a row for each answer."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    about = [
        ("Organisation", copy.organisation_name),
        ("Review", copy.period_title),
        ("Reference", copy.ref),
        ("Sent on", clock.moment_in_words(copy.sent_at) if copy.sent_at else ""),
        ("Declared by", copy.declared_by),
        ("Help", copy.assisted),
    ]
    rows.writerows([safe_cell(name), safe_cell(value)] for name, value in about if value)
    rows.writerow([])
    rows.writerow(_COLUMNS)
    for each in copy.answers:
        cells = (each.ref, each.theme, each.title, each.question, each.answer, each.comment, each.quoted)
        rows.writerow([safe_cell(cell) for cell in cells])
    return _MARK + written.getvalue()


def safe_cell(text: str) -> str:
    """Give a cell's text, with an apostrophe before what a spreadsheet would reckon with as a formula."""
    return f"'{text}" if text.startswith(_STARTS) else text
