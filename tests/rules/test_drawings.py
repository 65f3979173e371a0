"""Every drawing, of figures made for it: who owes a promise decides the names of its two series."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from charter.published.answers import WhoAnswered
from charter.published.figures import Figures, InPeriod, Promise, Score
from charter.releases import ReleaseFound
from charter.reports import drawings
from charter.reports.drawings import Drawing, Material
from db.types import Breakdown, GapKind, Measure, OwedBy, Scope, Side
from tests.rules.made_figures import gap, promise, score, theme

RELEASE = ReleaseFound(
    id=1,
    ref="2026.1",
    number=1,
    reason="",
    published_at=datetime(2026, 11, 3, tzinfo=UTC),
    withdrawn_at=None,
    withdrawn_reason="",
    made_up=False,
    threshold=10,
    period_id=1,
    period_ref="2026",
    period_title="2026 review",
    charter_title="A charter",
    opens_on=date(2026, 9, 1),
    last_day=date(2026, 10, 13),
)


def _in_period(found: Score) -> InPeriod:
    return InPeriod("2026", "2026 review", 0, found)


def public_owe() -> Promise:
    rated = score(64, scope=Scope.COMMITMENT, answered=100, levels=(5, 10, 25, 50, 10))
    public = score(76, scope=Scope.COMMITMENT, side=Side.PUBLIC, measure=Measure.PRACTICE)
    groups = (replace(rated, breakdown=Breakdown.KIND, group="faith"),)
    return promise(sector=rated, public=public, groups=groups, history=(_in_period(rated), _in_period(public)))


def groups_owe() -> Promise:
    own = score(70, scope=Scope.COMMITMENT, measure=Measure.PRACTICE)
    public = score(55, scope=Scope.COMMITMENT, side=Side.PUBLIC)
    made = promise(
        "GRP-1",
        "Groups share news",
        sector=own,
        public=public,
        gap=gap(15, clear=True, practice=70, experience=55, owing_side=Side.VCFSE),
        groups=(replace(own, breakdown=Breakdown.KIND, group="faith"),),
        history=(_in_period(own), _in_period(public)),
    )
    return replace(made, asked=replace(made.asked, owed_by=OwedBy.VCFSE))


def all_owe() -> Promise:
    own = score(80, scope=Scope.COMMITMENT, measure=Measure.PRACTICE)
    public = score(60, scope=Scope.COMMITMENT, side=Side.PUBLIC, measure=Measure.PRACTICE)
    difference = gap(-20, clear=True, practice=60, experience=80, kind=GapKind.DIFFERENCE_BETWEEN_SIDES, agreement=None)
    made = promise(
        "PAC-1",
        "Trust",
        sector=own,
        public=public,
        gap=difference,
        groups=(replace(own, breakdown=Breakdown.KIND, group="faith"),),
        history=(_in_period(own), _in_period(public)),
    )
    return replace(made, asked=replace(made.asked, owed_by=OwedBy.ALL_PARTNERS, scored=False))


FIGURES = Figures(
    themes=(theme(promises=(public_owe(), groups_owe())),), together=(all_owe(),), periods=(("2026", "2026 review"),)
)


def drawn(kind: str, ref: str = "", *, figures: Figures = FIGURES, dark: bool = False) -> Drawing | None:
    return drawings.KINDS[kind](Material(RELEASE, figures, read_who=lambda: WhoAnswered((), ()), ref=ref, dark=dark))


def said(found: Drawing | None) -> str:
    assert found is not None
    assert found.specification is not None
    assert "description" not in found.specification
    return found.words


def test_gaps_in_public_bodies_promises_and_in_groups_own_are_kept_apart() -> None:
    public, own = drawn("gaps"), drawn("own_gaps")
    assert list(public.table["Promise"]) == ["Listen"]  # type: ignore[union-attr]
    assert list(own.table["Promise"]) == ["Groups share news"]  # type: ignore[union-attr]
    assert own.table["Groups"].iloc[0] == "70, from 142 of 350"  # type: ignore[union-attr]
    assert "Groups’ practice".replace("’", "'") in said(own).replace("’", "'")


def test_what_all_owe_is_a_difference_between_two_practices() -> None:
    found = drawn("together")
    assert "difference" in said(found)
    assert found.title == "The two sides differ most on “Trust”: groups rate themselves higher"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["by_kind", "over_periods"])
@pytest.mark.parametrize(
    ("ref", "name"), [("ENG-DIA-1", "Groups' experience"), ("GRP-1", "Groups' practice"), ("PAC-1", "Groups' practice")]
)
def test_a_series_is_named_by_what_groups_rated(kind: str, ref: str, name: str) -> None:
    assert name in said(drawn(kind, ref)).replace("’", "'")


def test_the_ranking_holds_what_groups_experienced_and_not_what_they_owe() -> None:
    found = drawn("ranked", "engagement")
    assert "Listen" in said(found)
    assert "Groups share news" not in said(found)
    assert list(found.table["Promise"]) == ["Listen", "Groups share news"]  # type: ignore[union-attr]


def test_the_spread_tells_whole_per_cent_of_those_who_gave_a_level() -> None:
    found = drawn("spread", "engagement")
    assert found is not None
    assert found.table["Answers"].iloc[0] == "5% not at all, 10% a little, 25% partly, 50% mostly, 10% fully"


@pytest.mark.parametrize("kind", [kind for kind in drawings.KINDS if not kind.startswith("response")])
def test_nothing_is_drawn_where_the_release_has_nothing(kind: str) -> None:
    nothing = Figures(themes=(), together=(), periods=())
    assert drawn(kind, "engagement", figures=nothing) is None


def test_dark_paper_has_colours_of_its_own() -> None:
    assert drawn("gaps") != drawn("gaps", dark=True)
