"""What the figures of outcomes mean: their definitions, their breaks, and the story beside them."""

from collections.abc import Iterator

from charter import clock
from charter.outcome_words import BREAK_KINDS, STORIES
from charter.reports.columns import Column, Kind, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.outcomes import REPORTED
from charter.reports.rows.periods import OUTCOME, outcome_cells


def _definition_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        for each in found.sheets:
            yield {
                **outcome_cells(found),
                "number": each.number,
                "written_on": clock.local(each.written_at).date(),
                "definition": each.sheet.definition,
                **{name: or_missing(getattr(each.sheet, name)) for name in ("source", "coverage", "limits", "why")},
            }


def _break_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        for each in found.breaks:
            yield {
                **outcome_cells(found),
                "starts_on": each.starts_on,
                "kind": each.kind.value,
                "reason": or_missing(each.reason),
            }


def _story_rows(contents: Contents) -> Iterator[Row]:
    for found in contents.indicators:
        for each in found.stories:
            yield {**outcome_cells(found), "kind": each.kind.value, "words": each.words}


DEFINITIONS = Outline(
    "outcome-definitions",
    "What the outcomes mean",
    "What is counted for each outcome, and how. The highest number of an outcome is in force; earlier ones stay.",
    REPORTED,
    ("ref", "number"),
    (
        *OUTCOME,
        Column("number", "Number", "Counts from 1.", Kind.WHOLE),
        Column("written_on", "Written on", "The day on which it was written.", Kind.DAY),
        Column("definition", "What is counted, and how", "What is counted, and how."),
        Column("source", "Source", "Where the figures come from."),
        Column("coverage", "Who or what they cover", "Whom or what the figures cover."),
        Column("limits", "What they do not tell", "What the figures do not tell."),
        Column("why", "Why it is worth having", "Why it is worth having."),
    ),
    _definition_rows,
)
BREAKS = Outline(
    "outcome-breaks",
    "Breaks in the outcomes",
    "From which day on figures are not compared with those before, and why.",
    REPORTED,
    ("ref", "starts_on"),
    (
        *OUTCOME,
        Column("starts_on", "From", "The first day from which figures are not compared with those before.", Kind.DAY),
        Column("kind", "What changed", "What changed.", words=BREAK_KINDS),
        Column("reason", "Why", "Why."),
    ),
    _break_rows,
)
STORIES_TOLD = Outline(
    "outcome-stories",
    "The story beside the outcomes",
    "What those who report an outcome say of it: what is behind it, who has a part in it, what works, and what is "
    "proposed.",
    REPORTED,
    ("ref", "kind"),
    (
        *OUTCOME,
        Column("kind", "What it is about", "What the words are about.", words=STORIES),
        Column("words", "Words", "The words."),
    ),
    _story_rows,
)
