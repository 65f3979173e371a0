"""An organisation's own look for slides: bringing one, making slides in it, and removing it."""

from functools import partial

import streamlit as st

from charter import clock
from charter.releases import ReleaseFound
from charter.reports.deck.templates import (
    NAME_LIMIT,
    TemplateFound,
    add_template,
    list_templates,
    remove_template,
)
from charter.reports.forms import Form
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import viewer
from pages.ui.keeping.saving import fresh, save
from pages.ui.plain import plain
from pages.ui.reports.downloads import address_of
from pages.ui.running import acting

_MEGABYTE = 1_000_000  # bytes, as programs that show files count them


def draw(here: Viewer, release: ReleaseFound) -> None:
    """Draw the looks that are kept, each with slides of the release in it, and the form for another."""
    st.header("Slides in your own look", anchor=False)
    st.markdown(
        "Bring the PowerPoint file that your organisation makes its slides with. Only its look is used: slides that "
        "are in it are left out."
    )
    with reading() as session:
        kept = list_templates(session, viewer=here)
    for look in kept:
        _draw_look(look, release)
    _draw_form()


def _draw_look(look: TemplateFound, release: ReleaseFound) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(look.name)}**")
        day = clock.day_in_words(clock.local(look.added_at).date())
        st.caption(f"{look.size / _MEGABYTE:.1f} MB, brought on {day}")
        with st.container(horizontal=True):
            st.link_button(
                f"Slides of release {plain(release.ref)} in this look",
                f"{address_of(release, Form.SLIDES.value)}?template={look.id}",
                wrap=True,
            )
            acting.confirmed(
                "Remove it",
                name=f"remove_look_{look.id}",
                warning=f"{plain(look.name)} is taken away for good. Slides that were made in it stay as they are.",
                yes="Yes, remove it",
                act=partial(acting.do, partial(_remove, look)),
            )


def _draw_form() -> None:
    name = fresh("bring_look")
    called = st.text_input(
        "What it is called", key=f"{name}_name", max_chars=NAME_LIMIT, placeholder="Such as Council 2026", width=620
    )
    given = st.file_uploader("The PowerPoint file (.pptx)", type=["pptx"], key=f"{name}_file", width=620)
    if given is not None and st.button("Keep this look", key=f"{name}_keep"):
        save(partial(_add, str(called or ""), given.getvalue()))


def _add(name: str, content: bytes, session: Session) -> str:
    added = add_template(session, viewer=viewer.current(), name=name, content=content)
    return f"{added.name} is kept. Slides can be made in it now."


def _remove(look: TemplateFound, session: Session) -> str:
    remove_template(session, viewer=viewer.current(), template_id=look.id)
    return f"{look.name} is removed."
