"""What is being done: actions with what they were before, committees' recommendations, and the number of concerns."""

from collections.abc import Iterator
from datetime import date

from charter.action_words import became_sentence, cause_words
from charter.concerns.words import total_words
from charter.promising_words import due_words
from charter.reports.columns import Cell, Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.figure_columns import MARK
from charter.reports.rows.promises import PRECISIONS
from charter.rules.concerns import FEW
from charter.words import ACTION_STATUSES
from db.types import Precision

_LOGGED = "The register of actions, as it stood on the day of publication"
_SEVERAL = "; "
_ACTION = Column("ref", "Reference", "The action’s reference.")
_HEADING = Column("heading", "Action", "What is to be done.")
_DETAILS = Column("details", "Details", "More about it.")
_STATUS = Column("status", "Where it stands", "Where it stood.", words=ACTION_STATUSES)
_NOTES = Column("notes", "Notes", "What was noted of it.")
_DUE = (
    Column("due_on", "Date", "A day in the time by which it is to be done.", Kind.DAY, on_sheet=False),
    Column("due_precision", "What the date means", "Which time is meant.", words=PRECISIONS, on_sheet=False),
    Column("due", "By when", "By when it is to be done, in words."),
)


def _action_rows(contents: Contents) -> Iterator[Row]:
    for each in contents.actions:
        yield {
            "ref": each.ref,
            "heading": each.heading,
            "details": or_missing(each.details),
            "doers": or_missing(_SEVERAL.join(each.doers)),
            "kept_by": or_missing(each.keeper),
            **_due(each.due_on, each.due_precision),
            "status": each.status.value,
            "overdue": each.overdue,
            "notes": or_missing(each.notes),
            "came_from": or_missing(_SEVERAL.join(cause_words(cause) for cause in each.causes)),
            "came_from_refs": or_missing(_SEVERAL.join(cause.ref for cause in each.causes if cause.ref)),
            "made_on": each.made_on,
            "changed_on": each.changed_on,
        }


def _earlier_rows(contents: Contents) -> Iterator[Row]:
    for each in contents.actions:
        for number, was in enumerate(reversed(each.earlier), start=1):
            yield {
                "ref": each.ref,
                "number": number,
                "until": was.until,
                "heading": was.heading,
                "details": or_missing(was.details),
                "doers": or_missing(was.doers),
                **_due(was.due_on, was.due_precision),
                "status": was.status.value,
                "notes": or_missing(was.notes),
            }


def _recommendation_rows(contents: Contents) -> Iterator[Row]:
    for each in contents.recommendations:
        yield {
            "ref": each.ref,
            "committee": each.committee,
            "made_on": each.made_on,
            "words": each.words,
            "source": or_missing(each.source),
            "became": became_sentence(each.actions),
            "actions": or_missing(_SEVERAL.join(action.ref for action in each.actions)),
        }


def _concern_rows(contents: Contents) -> Iterator[Row]:
    for each in contents.concerns:
        yield {
            "year": each.year,
            "count": or_missing(each.count, Missing.HIDDEN),
            "count_words": total_words(each.count),
            "mark": Missing.HIDDEN.value if each.count is None else Missing.DOES_NOT_APPLY,
            "until": or_missing(each.until),
        }


def _due(due_on: date | None, precision: Precision | None) -> dict[str, Cell]:
    return {
        "due_on": or_missing(due_on),
        "due_precision": or_missing(precision.value if precision else None),
        "due": due_words(due_on, precision),
    }


ACTIONS = Outline(
    "actions",
    "Actions",
    "What is being done, by whom and by when, and where it stood on the day of publication.",
    _LOGGED,
    ("ref",),
    (
        _ACTION,
        _HEADING,
        _DETAILS,
        Column("doers", "Who", "Who is to do it."),
        Column("kept_by", "Kept by", "Who keeps it up to date."),
        *_DUE,
        _STATUS,
        Column("overdue", "Overdue", "Yes where it was overdue on the day of publication.", Kind.YES_NO),
        _NOTES,
        Column("came_from", "Came from", "What it came from."),
        Column("came_from_refs", "References of what it came from", "The references of what it came from."),
        Column("made_on", "Made on", "The day on which it was made.", Kind.DAY),
        Column("changed_on", "Changed on", "The day of the last change.", Kind.DAY),
    ),
    _action_rows,
)
EARLIER_ACTIONS = Outline(
    "action-changes",
    "What actions were before",
    "What each action was until it was changed, the first state first.",
    _LOGGED,
    ("ref", "number"),
    (
        _ACTION,
        Column("number", "Number", "Counts from 1, the first state.", Kind.WHOLE),
        Column("until", "Until", "The day on which it was changed.", Kind.DAY),
        _HEADING,
        _DETAILS,
        Column("doers", "Who", "Who was to do it."),
        *_DUE,
        _STATUS,
        _NOTES,
    ),
    _earlier_rows,
)
RECOMMENDATIONS = Outline(
    "recommendations",
    "Recommendations",
    "What committees recommended, and what became of it.",
    "The committees’ own records, as taken down by those who run the review",
    ("ref",),
    (
        Column("ref", "Reference", "The recommendation’s reference."),
        Column("committee", "Committee", "Which committee."),
        Column("made_on", "Date", "The day on which it was made.", Kind.DAY),
        Column("words", "Recommendation", "What it recommended."),
        Column("source", "Where it is written", "Where it is written."),
        Column("became", "What became of it", "What became of it."),
        Column("actions", "Actions", "The references of the actions that came from it."),
    ),
    _recommendation_rows,
)
CONCERNS = Outline(
    "concerns",
    "Concerns",
    f"How many concerns were raised in each year. Of 1 to {FEW - 1} it is only said that they are fewer than {FEW}.",
    "The register of concerns",
    ("year",),
    (
        Column("year", "Year", "The calendar year.", Kind.WHOLE),
        Column("count", "How many", "How many were raised.", Kind.WHOLE, "concerns"),
        Column("count_words", "In words", "The same in words."),
        MARK,
        Column("until", "Counted until", "For a year that was not over, the day until which was counted.", Kind.DAY),
    ),
    _concern_rows,
    hidden=f"{Missing.HIDDEN} means that the number is hidden. There were from 1 to {FEW - 1} concerns.",
)
