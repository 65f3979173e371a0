"""What is known without a release: what would be worth measuring, and what the sources state."""

from collections.abc import Sequence

import streamlit as st

from charter.outcomes import overview
from charter.outcomes.recorded import RecordedIndicator
from pages.ui import cached, tables
from pages.ui.outcomes.seen import Seen
from pages.ui.plain import plain


def draw(seen: Seen | None) -> None:
    """Draw the agenda of a release with the one that came with the sources, then their figures, theme by theme."""
    stated = cached.stated_indicators()
    agenda, found = (seen.agenda, seen.found) if seen is not None else ((), ())
    held = {each.ref for each in (*agenda, *found)}
    wanted = (*agenda, *(each for each in overview.agenda(stated) if each.ref not in held))
    measured = tuple(each for each in stated if not each.on_agenda)
    if wanted:
        st.header("What would be worth knowing", anchor=False)
        st.markdown(f"Nobody has a figure for these {len(wanted)} yet. Who can help to get one?")
        _draw_by_theme(overview.in_order(wanted, of=stated))
    if measured:
        st.header("What the sources state", anchor=False)
        st.markdown(
            "These figures stand in published documents. Each speaks of its own time and of its own people, so none "
            "is set beside another. They are real, and no review has to wait for them."
        )
        _draw_by_theme(measured)


def _draw_by_theme(found: Sequence[RecordedIndicator]) -> None:
    for title in dict.fromkeys(each.theme_title for each in found):
        of_theme = [each for each in found if each.theme_title == title]
        with st.expander(f"{plain(title)} ({len(of_theme)})"):
            wanted = of_theme[0].on_agenda
            table = overview.agenda_table(of_theme) if wanted else overview.stated_table(of_theme)
            tables.draw(table, alt=f"{'Worth knowing' if wanted else 'What the sources state'}: {title}")
