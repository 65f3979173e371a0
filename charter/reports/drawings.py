"""Drawings: a chart of a release with its finding, its unit, its words and its table.

Pages, slides and papers take a release's charts from here, so that one chart says the same wherever it stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from charter import findings, heard
from charter.charts import breakdown, dumbbell, periods, ranked, response, spread
from charter.charts.sides import ALL_OWE, GROUPS_OWE, PUBLIC_OWE
from charter.charts.sides import Sides as Names
from charter.charts.theme import specification
from charter.headlines import widest_first
from charter.published import frames, tables
from charter.published.answers import WhoAnswered
from charter.published.figures import Figures, Sides
from charter.releases import ReleaseFound
from db.types import Breakdown, GapKind, Measure, OwedBy, Side

_WIDEST = 6
SILENCE_NOTE = "Line: from all “not at all” to all “fully”"


@dataclass(frozen=True)
class Drawing:
    """A chart that is ready to be drawn.

    Attributes:
        title: what it shows, in words.
        subtitle: unit, review, and how many answered.
        specification: for Vega-Lite; None where there is nothing to draw, and only the title is said.
        words: the text alternative.
        table: the same figures to be read; its index may hold promises' references.
    """

    title: str
    subtitle: str
    specification: Mapping[str, Any] | None
    words: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Material:
    """What a drawing is made from.

    Attributes:
        release: the release.
        figures: its figures.
        read_who: reads who answered in its review, which most drawings do not tell.
        ref: the theme or promise that the drawing is of, where it is of one.
        dark: for dark paper.
    """

    release: ReleaseFound
    figures: Figures
    read_who: Callable[[], WhoAnswered]
    ref: str = ""
    dark: bool = False

    @property
    def who(self) -> WhoAnswered:
        """Who answered in the review."""
        return self.read_who()

    @property
    def period(self) -> str:
        """The title of the review."""
        return self.release.period_title

    @property
    def sides(self) -> Sides | None:
        """The theme or promise that the drawing is of."""
        return self.figures.theme(self.ref) or self.figures.promise(self.ref)


def ready(chart: alt.LayerChart | None, *, title: str, subtitle: str, words: str, table: pd.DataFrame) -> Drawing:
    """Make a drawing from a chart."""
    made = None if chart is None else specification(chart)
    if made is not None:
        # The page gives the words to the chart by itself, and warns of two sets of them.
        made.pop("description", None)
    return Drawing(title=title, subtitle=subtitle, specification=made, words=words, table=table)


def _ranked(material: Material) -> Drawing | None:
    theme = material.figures.theme(material.ref)
    asked = [each for each in theme.promises if each.asked.owed_by is not OwedBy.VCFSE] if theme else []
    frame = frames.ranked_frame(asked)
    if theme is None or frame.empty:
        return None
    return ready(
        ranked.ranked_dots(frame, dark=material.dark),
        title=findings.ranked_title(asked),
        subtitle=findings.score_subtitle(theme.sector, period=material.period),
        words=ranked.ranked_words(frame),
        table=tables.score_table(theme.promises),
    )


def _spread(material: Material) -> Drawing | None:
    theme = material.figures.theme(material.ref)
    promises = [each for each in theme.promises if each.sector is not None] if theme else []
    frame = frames.spread_frame(promises)
    if frame.empty:
        return None
    return ready(
        spread.level_spread(frame, dark=material.dark),
        title=findings.spread_title(promises),
        subtitle=f"Share of the groups that gave an answer from “not at all” to “fully”, {material.period}",
        words=spread.level_spread_words(frame),
        table=tables.level_table(promises),
    )


def _by(group: Breakdown) -> Callable[[Material], Drawing | None]:
    def make(material: Material) -> Drawing | None:
        sides = material.sides
        frame = frames.breakdown_frame(sides.groups if sides else (), group)
        if sides is None or sides.sector is None or frame.empty:
            return None
        names = names_of(sides)
        # Where all owe it, the groups' own practice takes the place of experience in the chart, as in the others.
        measure = Measure.EXPERIENCE if names is ALL_OWE else sides.sector.measure
        return ready(
            breakdown.breakdown_dots(frame, measure=measure, sides=names, dark=material.dark),
            title=findings.breakdown_title(sides.groups, group),
            subtitle=findings.score_subtitle(sides.sector, period=material.period),
            words=breakdown.breakdown_words(frame, measure=measure, sides=names),
            table=tables.group_table(sides.groups, group),
        )

    return make


def _periods(material: Material) -> Drawing | None:
    sides = material.sides
    frame = frames.periods_frame(sides.history if sides else ())
    if sides is None or frame.empty or sides.sector is None:
        return None
    names = names_of(sides)
    return ready(
        periods.over_periods(frame, sides=names, dark=material.dark),
        title=findings.periods_title(sides.history),
        subtitle="Scores out of 100 in each review. Lines are drawn only where the meaning stayed the same",
        words=periods.over_periods_words(frame, sides=names),
        table=tables.history_table(sides.history),
    )


def _gaps(owing: Side, *, widest: int | None = None) -> Callable[[Material], Drawing | None]:
    names = PUBLIC_OWE if owing is Side.PUBLIC else GROUPS_OWE

    def make(material: Material) -> Drawing | None:
        found = widest_first([promise for theme in material.figures.themes for promise in theme.promises], owing=owing)[
            :widest
        ]
        frame = frames.gap_frame(found)
        if frame.empty:
            return None
        return ready(
            dumbbell.dumbbell(frame, sides=names, dark=material.dark),
            title=findings.gap_title(found),
            subtitle=findings.gap_subtitle(period=material.period),
            words=dumbbell.dumbbell_words(frame, sides=names),
            table=tables.gap_table(found),
        )

    return make


def _together(material: Material) -> Drawing | None:
    found = material.figures.together
    frame = frames.gap_frame(found)
    if frame.empty:
        return None
    return ready(
        dumbbell.dumbbell(frame, sides=ALL_OWE, dark=material.dark),
        title=findings.difference_title(found),
        subtitle=findings.gap_subtitle(period=material.period, kind=GapKind.DIFFERENCE_BETWEEN_SIDES),
        words=dumbbell.dumbbell_words(frame, sides=ALL_OWE),
        table=tables.gap_table(found),
    )


def _response(group: Breakdown) -> Callable[[Material], Drawing | None]:
    return lambda material: of_response(material.who, group, period=material.period, dark=material.dark)


def of_response(who: WhoAnswered, group: Breakdown, *, period: str, dark: bool) -> Drawing | None:
    """Draw who answered of those asked, or give None where nobody was asked.

    Args:
        who: who answered. Its wards are drawn as they are, so small ones are put together before.
        group: by what the groups are told apart.
        period: the title of the review.
        dark: for dark paper.
    """
    frame = frames.response_frame(who, group)
    if frame.empty:
        return None
    ordered = group is Breakdown.INCOME
    return ready(
        response.response_bars(frame, keep_order=ordered, dark=dark),
        title=findings.response_title(who, group),
        subtitle=f"Groups that answered, of those asked, {period}",
        words=response.response_words(frame, keep_order=ordered),
        table=tables.response_table(who, group),
    )


def _response_by_ward(material: Material) -> Drawing | None:
    who = heard.wards_together(material.who, threshold=material.release.threshold)
    return of_response(who, Breakdown.WARD, period=material.period, dark=material.dark)


def _bounds(material: Material) -> Drawing | None:
    themes = material.figures.themes
    frame = heard.bounds_frame(themes)
    if frame.empty:
        return None
    return ready(
        breakdown.breakdown_dots(frame, line_note=SILENCE_NOTE, dark=material.dark),
        title=heard.bounds_title(themes),
        subtitle=f"Scores out of 100, {material.period}",
        words=breakdown.breakdown_words(frame),
        table=heard.bounds_table(themes),
    )


def names_of(sides: Sides) -> Names:
    """Choose how a chart names its two series: by who owes the promise."""
    if sides.sector is None or sides.sector.measure is Measure.EXPERIENCE:
        return PUBLIC_OWE
    public_rates_practice = sides.public is not None and sides.public.measure is Measure.PRACTICE
    return ALL_OWE if public_rates_practice else GROUPS_OWE


KINDS: Mapping[str, Callable[[Material], Drawing | None]] = {
    "ranked": _ranked,
    "spread": _spread,
    "by_kind": _by(Breakdown.KIND),
    "by_income": _by(Breakdown.INCOME),
    "over_periods": _periods,
    "widest_gaps": _gaps(Side.PUBLIC, widest=_WIDEST),
    "gaps": _gaps(Side.PUBLIC),
    "own_gaps": _gaps(Side.VCFSE),
    "together": _together,
    "response_by_kind": _response(Breakdown.KIND),
    "response_by_income": _response(Breakdown.INCOME),
    "response_by_ward": _response_by_ward,
    "bounds": _bounds,
}
