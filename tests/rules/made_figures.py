"""Published figures made for the tests of sentences: each function gives a valid one, to be changed by its names."""

from dataclasses import replace

from charter.published.answers import Response, WhoAnswered
from charter.published.figures import Asked, Change, Figures, Gap, Promise, Score, Theme
from db.types import (
    Agreement,
    Breakdown,
    Direction,
    GapKind,
    Measure,
    OwedBy,
    Scope,
    Side,
    Withheld,
)

SINCE = "2025 review"


def score(value: int | None = 64, *, ref: str = "engagement", scope: Scope = Scope.THEME, **more: object) -> Score:
    made = Score(
        scope=scope,
        ref=ref,
        side=Side.VCFSE,
        measure=Measure.EXPERIENCE,
        breakdown=Breakdown.WHOLE,
        group="",
        invited=350,
        answered=None if value is None else 142,
        score=value,
        withheld=Withheld.FEW_OR_UNIFORM if value is None else None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def gap(
    points: int | None = 12, *, clear: bool = False, practice: int = 76, experience: int = 64, **more: object
) -> Gap:
    made = Gap(
        kind=GapKind.PERCEPTION_GAP,
        owing_side=Side.PUBLIC,
        practice=practice,
        experience=experience,
        points=points,
        low=8,
        high=16,
        clear=clear,
        agreement=Agreement.DISAGREE if clear else Agreement.AGREE_GOOD,
        bodies_answered=1,
        bodies_asked=1,
        promises=1,
        withheld=Withheld.FEW_OR_UNIFORM if points is None else None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def change(
    direction: Direction = Direction.BETTER, points: int | None = 6, *, listed: Direction | None = None, **more: object
) -> Change:
    made = Change(
        since=SINCE,
        matched=130,
        before=58,
        after=64,
        points=points,
        low=3,
        high=9,
        carried_over="0%",
        mostly_carried_over=False,
        direction=direction,
        listed_direction=listed or direction,
        withheld=None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def promise(ref: str = "ENG-DIA-1", title: str = "Listen", value: int | None = 64, **more: object) -> Promise:
    made = Promise(
        ref=ref,
        title=title,
        sector=score(value, ref=ref, scope=Scope.COMMITMENT),
        public=score(76, ref=ref, scope=Scope.COMMITMENT, side=Side.PUBLIC, measure=Measure.PRACTICE),
        gap=gap(),
        change=None,
        groups=(),
        history=(),
        asked=Asked(
            ref=ref,
            number=1,
            segment=0,
            title=title,
            theme_ref="engagement",
            theme_title="Engagement",
            scored=True,
            strand_title="Dialogue",
            owed_by=OwedBy.NAMED_BODIES,
            seen_by_sector=True,
            core=True,
            practice_question="How far did we do this?",
            experience_question="How far did you see this?",
        ),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def theme(
    title: str = "Engagement",
    value: int | None = 64,
    changed: Change | None = None,
    *,
    few: bool = False,
    **more: object,
) -> Theme:
    made = Theme(
        ref=title.lower(),
        title=title,
        sector=score(value, ref=title.lower(), few=few, shown=4, asked=4),
        public=None,
        gap=gap(),
        change=changed,
        groups=(),
        history=(),
        own_gap=None,
        promises=(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def figures(*themes: Theme) -> Figures:
    return Figures(themes=themes, together=(), periods=(("2025", SINCE), ("2026", "2026 review")))


def who(submitted: int = 212, invited: int = 350, known: int | None = None) -> WhoAnswered:
    response = Response(Side.VCFSE, Breakdown.WHOLE, "", invited, submitted, known)
    return WhoAnswered(responses=(response,), bodies=())
