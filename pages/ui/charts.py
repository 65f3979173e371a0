"""Drawing a chart on a page: its finding, its unit, the chart with its words, and the same figures as a table."""

from dataclasses import replace

import streamlit as st

from charter.releases import ReleaseFound
from charter.reports.drawings import Drawing
from charter.reports.every_drawing import ChartName
from charter.words import HIDDEN_MARK, hidden_note
from pages.ui import tables
from pages.ui.drawings import drawing
from pages.ui.opening import Shown
from pages.ui.plain import plain


def draw(shown: Shown, kind: str, ref: str = "", *, header: bool = True, of: str = "") -> bool:
    """Draw one of a release's charts, and tell whether the release has something for it.

    Args:
        shown: the release.
        kind: which chart: a key of `KINDS` in `charter/reports/drawings.py`.
        ref: the theme or promise that it is of, where it is of one.
        header: whether its finding is a heading of the page, or of a part of it.
        of: what it is of, said before its finding where a page has several of a kind.
    """
    found = drawing(shown, kind, ref, dark=is_dark())
    if found is None:
        return False
    titled = replace(found, title=f"{of}: {found.title}") if of else found
    draw_found(titled, key=f"{kind} {ref}", header=header)
    if found.specification is not None and shown.release.withdrawn_at is None:
        _draw_pictures(shown.release, ChartName(kind, ref))
    if found.table.map(lambda cell: cell.startswith(HIDDEN_MARK)).to_numpy().any():
        draw_hidden_note(shown)
    return True


def draw_found(found: Drawing, *, key: str, header: bool = True, table: str = "The figures as a table") -> None:
    """Draw a chart that is at hand.

    Args:
        found: the chart.
        key: a name that no other chart of the page has.
        header: whether its finding is a heading of the page, or of a part of it.
        table: what to call its table.
    """
    (st.header if header else st.subheader)(plain(found.title), anchor=False)
    st.caption(plain(found.subtitle))
    if found.specification is not None:
        st.vega_lite_chart(dict(found.specification), theme=None, alt=found.words, key=f"chart {key}")
    with st.expander(table):
        tables.draw(found.table, alt=found.title)


def _draw_pictures(release: ReleaseFound, name: ChartName) -> None:
    """Lead to the chart as a picture, with its title and source in it, for a slide or a paper of one's own."""
    links = [f"[{kind.upper()}](/files/charts/{release.ref}/{name}.{kind})" for kind in ("png", "svg")]
    st.caption(f"This chart as a picture: {', '.join(links)}")


def draw_hidden_note(shown: Shown) -> None:
    """Say what the mark for a hidden figure means."""
    st.caption(plain(hidden_note(shown.release.threshold)))


def is_dark() -> bool:
    """Tell whether the page is shown on dark paper."""
    return st.context.theme.type == "dark"
