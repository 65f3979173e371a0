"""A copy as a file of rows, for a spreadsheet."""

from charter import clock
from charter.csv_files import csv_file
from charter.own.copies import SentCopy

_COLUMNS = ("Promise", "Theme", "Title", "Question", "Answer", "Comment", "Quoting")


def copy_as_csv(copy: SentCopy) -> str:
    """Write a copy as comma-separated values: first what it is a copy of, then a row for each answer."""
    about = [
        ("Organisation", copy.organisation_name),
        ("Review", copy.period_title),
        ("Reference", copy.ref),
        ("Sent on", clock.moment_in_words(copy.sent_at) if copy.sent_at else ""),
        ("Declared by", copy.declared_by),
        ("Help", copy.assisted),
    ]
    answers = [
        (each.ref, each.theme, each.title, each.question, each.answer, each.comment, each.quoted)
        for each in copy.answers
    ]
    return csv_file([*(row for row in about if row[1]), (), _COLUMNS, *answers])
