"""The columns that several tables of figures have: whose figure it is, and why one is not shown."""

from charter.published.figures import Score
from charter.reports.columns import Cell, Column, Kind, Missing
from charter.rules.shares import percent_words
from charter.rules.trends import ENOUGH, ENOUGH_RESPONSE
from charter.words import BREAKDOWNS, DISCLOSIVE, MEASURES, group_label, hidden_words
from db.types import Breakdown, Withheld

EVERYBODY = "all"
POINTS = "points"
OUT_OF_100 = "points out of 100"
#: Parts of the published method, to which columns refer.
RANGE, FROM_ANSWERS, BETTER_OR_WORSE = "The likely range", "From answers to a score", "Better or worse"
SURVEY = "The answers to the review that this release is of"

REF = Column("ref", "Reference", "The promise’s reference, which stays the same from review to review.")
PROMISE = Column("title", "Promise", "What the promise is called in this review.")
MEASURE = Column(
    "measure",
    "What they rated",
    "What was rated: what was done by oneself (practice), or what was seen of the other side (experience).",
    words=MEASURES,
)
GROUPS = (
    Column("breakdown", "By what", "By what the groups are told apart.", words=BREAKDOWNS),
    Column("group", "Code of the groups", "The code of these groups; “all” for all of them.", on_sheet=False),
    Column("group_name", "Groups", "Which groups this row is of, in words."),
)
INVITED = Column("invited", "Asked", "How many groups were asked.", Kind.WHOLE, "groups")
ANSWERED = Column("answered", "Answered", "How many groups gave an answer that is in the score.", Kind.WHOLE, "groups")
SCORE = Column(
    "score",
    "Score",
    "The average answer, from 0 (not at all) to 100 (fully).",
    Kind.WHOLE,
    OUT_OF_100,
    note=FROM_ANSWERS,
)
LIKELY = (
    Column(
        "low", "Likely from", "The lower end of the range that chance leaves (95%).", Kind.WHOLE, OUT_OF_100, note=RANGE
    ),
    Column(
        "high", "Likely to", "The upper end of the range that chance leaves (95%).", Kind.WHOLE, OUT_OF_100, note=RANGE
    ),
)
FEW = Column(
    "few_answers",
    "Few answers",
    f"Yes where the figure rests on fewer than {ENOUGH} groups, or under {percent_words(ENOUGH_RESPONSE)} answered.",
    Kind.YES_NO,
    note=BETTER_OR_WORSE,
)
MARK = Column(
    "mark",
    "Mark",
    "[c] where a figure of the row is hidden, [x] where there is none; else nothing.",
    on_sheet=False,
)
WHY = (
    MARK,
    Column("why", "Why not shown", "Why the figures of the row are not shown.", note="What is hidden, and why"),
)


def group_cells(breakdown: Breakdown, group: str) -> dict[str, Cell]:
    """Name the groups of a row."""
    return {"breakdown": breakdown.value, "group": group or EVERYBODY, "group_name": group_label(breakdown, group)}


def score_cells(score: Score) -> dict[str, Cell]:
    """Give a score with its range and how many it rests on, and why there is none."""
    gone = missing(score.withheld)
    figures = {name: getattr(score, name) for name in ("answered", "score", "low", "high")}
    return {
        "invited": score.invited,
        **{name: gone if value is None else value for name, value in figures.items()},
        "few_answers": score.few,
        **why_cells(score.withheld, held_back=score.held_back),
    }


def missing(withheld: Withheld | None) -> Missing:
    """Give the mark of a figure that is not shown."""
    if withheld is None:
        return Missing.DOES_NOT_APPLY
    return Missing.HIDDEN if withheld in DISCLOSIVE else Missing.NO_DATA


def why_cells(withheld: Withheld | None, *, held_back: bool = False) -> dict[str, Cell]:
    """Say why the figures of a row are not shown; nothing where they are."""
    if withheld is None:
        return {"mark": Missing.DOES_NOT_APPLY, "why": Missing.DOES_NOT_APPLY}
    return {"mark": missing(withheld).value, "why": hidden_words(withheld, held_back=held_back)}
