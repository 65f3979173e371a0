"""One's own answers over the reviews beside all groups': charts and tables that nobody else sees, kept in no memory."""

import streamlit as st

from charter.charts import periods, ranked
from charter.charts.own_sides import BODY_BESIDE_ALL, GROUP_BESIDE_ALL
from charter.charts.sides import Sides
from charter.own import frames
from charter.own.history import OwnAnswers, answered_promises, beside_theme, read_own_answers
from charter.own.organisations import OwnOrganisation
from charter.published.figures import Figures, Promise, Theme
from charter.releases import ReleaseFound, choose_release, list_releases
from charter.reports.drawings import ready
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import hidden_note
from db.types import Side
from pages.ui import cached, charts, keys, opening, tables
from pages.ui.plain import plain

_SEEN_BY = (
    "Only your organisation and the coordinator see what a group answered. What stands here of all groups is what "
    "everybody can read on this site."
)
_BODY = (
    "This sets how your own organisation rated its practice beside what groups saw of all the public bodies that made "
    "the promise."
)


def draw(who: Viewer, own: OwnOrganisation) -> None:
    """Draw the history, or say why there is none yet."""
    with reading() as session:
        releases = list_releases(session, viewer=who)
        answers = read_own_answers(session, viewer=who, organisation_id=own.id)
    release = choose_release(releases)
    if release is None or not answers:
        _draw_none(published=release is not None)
        return
    figures = cached.figures(opening.Shown(release=release, address={}, version=opening.version_of(releases)))
    st.markdown(_SEEN_BY if own.side is Side.VCFSE else _BODY)
    for theme in figures.themes:
        _draw_theme(theme, answers, own.side)
    _draw_review(figures, answers, own.side)
    _draw_note(release)


def _draw_none(*, published: bool) -> None:
    st.markdown(
        "Here you will see what you answered in each review beside what all groups said, theme by theme. "
        + ("None of your answers counts in a published review yet." if published else "No review is published yet.")
    )
    st.page_link("partner/self_assessment.py", label="Go to the self-assessment")


def _draw_theme(theme: Theme, answers: OwnAnswers, side: Side) -> None:
    found = beside_theme(theme, answers, side=side)
    frame = frames.periods_frame(found)
    if frame.empty:
        return
    names = _names(side)
    drawing = ready(
        periods.over_periods(frame, sides=names, dark=charts.is_dark()),
        title=f"{theme.title}: {frames.periods_title(found, side=side)}",
        subtitle="Scores out of 100 in each review. Lines are drawn only where the meaning stayed the same",
        words=periods.over_periods_words(frame, sides=names),
        table=frames.periods_table(found),
    )
    charts.draw_found(drawing, key=f"own {theme.ref}")


def _draw_review(figures: Figures, answers: OwnAnswers, side: Side) -> None:
    """Draw one review promise by promise: the one that is chosen, else the newest that they answered in."""
    titles = {ref: title for ref, title in reversed(figures.periods) if ref in answers}
    if not titles:
        return
    st.header("Promise by promise", anchor=False)
    options = list(titles)
    chosen = st.selectbox(
        "Review", options, format_func=lambda ref: titles.get(ref) or "", key=keys.OWN_REVIEW, width=420
    )
    period_ref = chosen or options[0]
    promises = answered_promises(figures, answers)
    st.markdown(plain(frames.promises_words(promises, answers, period_ref=period_ref)))
    _draw_promises(promises, answers, side, period_ref=period_ref, title=titles[period_ref])


def _draw_promises(
    promises: tuple[Promise, ...], answers: OwnAnswers, side: Side, *, period_ref: str, title: str
) -> None:
    frame = frames.promises_frame(promises, answers, period_ref=period_ref)
    table = frames.promises_table(promises, answers, period_ref=period_ref)
    if frame.empty:
        tables.draw(table, alt="Your answers beside all groups’")
        return
    names = _names(side)
    drawing = ready(
        ranked.ranked_dots(frame, sides=names, dark=charts.is_dark()),
        title="The main promises of public bodies",
        subtitle=f"Scores out of 100, {title}. The promises that groups rate highest come first",
        words=ranked.ranked_words(frame, sides=names),
        table=table,
    )
    charts.draw_found(drawing, key="own promises", header=False, table="Every promise that you answered, as a table")


def _draw_note(release: ReleaseFound) -> None:
    st.caption(
        "Your score is your answer, from “not at all” (0) to “fully” (100). One answer is one view: a difference to "
        "all groups is not a mistake."
    )
    st.caption(plain(hidden_note(release.threshold)))


def _names(side: Side) -> Sides:
    return GROUP_BESIDE_ALL if side is Side.VCFSE else BODY_BESIDE_ALL
