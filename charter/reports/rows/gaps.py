"""The gap between the two sides, and what changed since the review before."""

from collections.abc import Iterator

from charter.published.figures import Change, Gap, Sides
from charter.reports.columns import Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.figure_columns import (
    BETTER_OR_WORSE,
    OUT_OF_100,
    POINTS,
    RANGE,
    SURVEY,
    WHY,
    missing,
    why_cells,
)
from charter.rules.gaps import CLEAR_GAP
from charter.words import AGREEMENTS, DIRECTIONS, SIDES
from db.types import Direction, GapKind, Scope

_KINDS = {
    GapKind.PERCEPTION_GAP: "Gap",
    GapKind.DIFFERENCE_BETWEEN_SIDES: "Difference",
}
_SCOPES = {Scope.THEME: "Theme", Scope.COMMITMENT: "Promise"}
_BOTH = "both"
_OF = (
    Column("scope", "Theme or promise", "Whether the row is of a theme or of a promise.", words=_SCOPES),
    Column("ref", "Reference", "The promise’s reference, or the theme’s code."),
    Column("title", "Name", "What the promise or theme is called."),
)
_UNSPOKEN = frozenset({Direction.CANNOT_BE_COMPARED, Direction.FEW_ANSWERS})


def _gap_rows(contents: Contents) -> Iterator[Row]:
    for theme in contents.figures.themes:
        if theme.gap is not None:
            yield _gap(theme, theme.gap, Scope.THEME)
        if theme.own_gap is not None:
            yield _gap(theme, theme.own_gap, Scope.THEME)
    for promise in contents.figures.promises:
        if promise.gap is not None:
            yield _gap(promise, promise.gap, Scope.COMMITMENT)


def _gap(each: Sides, gap: Gap, scope: Scope) -> Row:
    gone = missing(gap.withheld)
    figures = {"public_bodies": gap.public, "groups": gap.vcfse, "gap": gap.points, "low": gap.low, "high": gap.high}
    # What rests on few answers gets no headline: the two sides are not said to agree or disagree on it.
    agreement = None if each.few or gap.agreement is None else gap.agreement.value
    return {
        "scope": scope.value,
        "ref": each.ref,
        "title": each.title,
        "kind": gap.kind.value,
        "owed_by": _BOTH if gap.kind is GapKind.DIFFERENCE_BETWEEN_SIDES else gap.owing_side.value,
        **{name: gone if value is None else value for name, value in figures.items()},
        "clear": gone if gap.points is None else gap.clear and not each.few,
        "agreement": or_missing(agreement, gone),
        "bodies_answered": gap.bodies_answered,
        "bodies_asked": gap.bodies_asked,
        "promises": gap.promises,
        "few_answers": each.few,
        **why_cells(gap.withheld, held_back=each.gap_held_back),
    }


def _change_rows(contents: Contents) -> Iterator[Row]:
    for theme in contents.figures.themes:
        if theme.change is not None:
            yield _change(theme, theme.change, Scope.THEME)
    for promise in contents.figures.promises:
        if promise.change is not None:
            yield _change(promise, promise.change, Scope.COMMITMENT)


def _change(each: Sides, change: Change, scope: Scope) -> Row:
    spoken = change.direction not in _UNSPOKEN and change.points is not None and not each.few
    gone = missing(change.withheld) if change.withheld is not None else Missing.NO_DATA
    figures = {
        name: getattr(change, name) if spoken else None
        for name in ("before", "after", "points", "low", "high", "carried_over")
    }
    return {
        "scope": scope.value,
        "ref": each.ref,
        "title": each.title,
        "since": change.since,
        "direction": (Direction.FEW_ANSWERS if each.few else change.direction).value,
        "matched": gone if change.matched is None else change.matched,
        **{name: gone if value is None else value for name, value in figures.items()},
        "direction_in_a_list": (Direction.FEW_ANSWERS if each.few else change.listed_direction).value,
        **why_cells(change.withheld),
    }


GAPS = Outline(
    "gaps",
    "The gap between the two sides",
    "What public bodies and groups say of the same themes and promises, and how far apart they are. Where all owe a "
    "promise, it is no gap but a difference: each side speaks of what it did itself. Each figure is rounded by itself, "
    "so a gap may differ by 1 from the two scores beside it.",
    SURVEY,
    ("scope", "ref", "owed_by"),
    (
        *_OF,
        Column("kind", "Kind", "Whether it is a gap, or a difference where all owe the promise.", words=_KINDS),
        Column("owed_by", "Owed by", "Who owes it.", words={**SIDES, _BOTH: "both sides"}),
        Column("public_bodies", "Public bodies", "What public bodies say, on average.", Kind.WHOLE, OUT_OF_100),
        Column("groups", "Groups", "What groups say, on average.", Kind.WHOLE, OUT_OF_100),
        Column("gap", "Gap", "Those who owe it, less the other side.", Kind.WHOLE, POINTS, note="The gap"),
        Column(
            "low", "Likely from", "The lower end of the range that chance leaves (95%).", Kind.WHOLE, POINTS, note=RANGE
        ),
        Column(
            "high", "Likely to", "The upper end of the range that chance leaves (95%).", Kind.WHOLE, POINTS, note=RANGE
        ),
        Column(
            "clear",
            "Clear",
            f"Yes where chance alone cannot explain it, and it is {CLEAR_GAP} points or more.",
            Kind.YES_NO,
        ),
        Column("agreement", "Together", "What the two sides say together.", words=AGREEMENTS),
        Column("bodies_answered", "Bodies that answered", "How many public bodies’ answers are in it.", Kind.WHOLE),
        Column("bodies_asked", "Bodies asked", "How many public bodies were asked.", Kind.WHOLE),
        Column("promises", "Promises", "How many promises it is made from.", Kind.WHOLE),
        Column("few_answers", "Few answers", "Yes where what groups say rests on few answers.", Kind.YES_NO),
        *WHY,
    ),
    _gap_rows,
)
CHANGES = Outline(
    "changes",
    "What changed since the review before",
    "The change in what groups said, among the groups that answered both times. The two scores are of all groups "
    "that answered; for a theme, to the main promises that can be compared.",
    "The answers to this review and to the one before, of groups that answered both",
    ("scope", "ref"),
    (
        *_OF,
        Column("since", "Since", "The review that it is compared with."),
        Column("direction", "Direction", "Which way it went, surer than chance 95 times in 100.", words=DIRECTIONS),
        Column("matched", "Groups in both", "How many groups answered both times.", Kind.WHOLE, "groups"),
        Column("before", "Score then", "The score of all groups in the review before.", Kind.WHOLE, OUT_OF_100),
        Column("after", "Score now", "The score of all groups in this review.", Kind.WHOLE, OUT_OF_100),
        Column(
            "points",
            "Change",
            "The average change of the groups that answered both times.",
            Kind.WHOLE,
            POINTS,
            note=BETTER_OR_WORSE,
        ),
        Column(
            "low", "Likely from", "The lower end of the range that chance leaves (95%).", Kind.WHOLE, POINTS, note=RANGE
        ),
        Column(
            "high", "Likely to", "The upper end of the range that chance leaves (95%).", Kind.WHOLE, POINTS, note=RANGE
        ),
        Column(
            "carried_over", "Carried over", "The share of answers that were kept from last time, in whole per cent."
        ),
        Column(
            "direction_in_a_list",
            "Direction in a list",
            "Which way it went, surer than chance 99 times in 100, as one picked from many has to be.",
            words=DIRECTIONS,
        ),
        *WHY,
    ),
    _change_rows,
)
