"""Every public table of a release: what the workbook and open data are both written from.

Only what is published and shown is in them. They hold no names of people who had early access: the page tells these,
and a file, once fetched, cannot be called back.
"""

from charter.reports.columns import Outline, Table, filled
from charter.reports.contents import Contents
from charter.reports.rows.actions import ACTIONS, CONCERNS, EARLIER_ACTIONS, RECOMMENDATIONS
from charter.reports.rows.answers import BODY_ANSWERS, PUBLIC_BODIES, RESPONSES, SHARES
from charter.reports.rows.gaps import CHANGES, GAPS
from charter.reports.rows.meanings import BREAKS, DEFINITIONS, STORIES_TOLD
from charter.reports.rows.measurements import AHEAD, MEASUREMENTS, REVISIONS, TARGETS
from charter.reports.rows.outcomes import OUTCOMES
from charter.reports.rows.promises import PROMISES, TEXTS, YOU_SAID
from charter.reports.rows.scores import OVER_REVIEWS, PROMISE_SCORES, THEME_SCORES

#: The tables by what they speak of, in the order in which they are listed.
PARTS: tuple[tuple[str, tuple[Outline, ...]], ...] = (
    ("What groups and public bodies said", (THEME_SCORES, PROMISE_SCORES, GAPS, CHANGES, OVER_REVIEWS, SHARES)),
    ("Who was asked, and who answered", (RESPONSES, PUBLIC_BODIES, BODY_ANSWERS)),
    ("What was promised", (PROMISES, YOU_SAID, TEXTS)),
    ("What came of it", (OUTCOMES, MEASUREMENTS, TARGETS, AHEAD, REVISIONS, DEFINITIONS, BREAKS, STORIES_TOLD)),
    ("What is being done", (ACTIONS, EARLIER_ACTIONS, RECOMMENDATIONS, CONCERNS)),
)
OUTLINES: tuple[Outline, ...] = tuple(outline for _, outlines in PARTS for outline in outlines)


def tables_of(contents: Contents) -> tuple[Table, ...]:
    """Give every public table of a release, also those without a row."""
    return tuple(filled(outline, contents) for outline in OUTLINES)
