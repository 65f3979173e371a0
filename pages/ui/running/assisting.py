"""Before the coordinator types in for a group: which group, how it gave its answers, and who it was."""

import streamlit as st

from charter.assisted import Helped
from charter.assisting import NAME_LIMIT, begin_assisting, find_groups
from charter.periods import PeriodFound
from charter.store import Session, reading
from charter.words import ASSISTED
from db.types import AssistedHow
from pages.ui import press, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_ORGANISATION = "organisation"


def draw(period: PeriodFound, group: Helped | None) -> None:
    """Draw the choice of a group, and once one is chosen how it gives its answers.

    Args:
        period: an open period.
        group: the group that the address names, or None where it names none that is on the list.
    """
    if group is None:
        _draw_search(period)
    else:
        _draw_how(period, group)


def _draw_search(period: PeriodFound) -> None:
    if st.query_params.get(_ORGANISATION):
        st.warning("This group is not on the list of the review, or is a public body, which answers by itself.")
    st.markdown(
        "If a group rings you or writes to you, you can type its answers in for it. They are marked as typed in by "
        "you, with the day and who gave them. It then sees them itself, and can change them until the review closes."
    )
    search = st.text_input("The group’s name or reference", key="assist_search", width=420, type="search")
    with reading() as session:
        found = find_groups(session, viewer=viewer.current(), period_id=period.id, search=search or "")
    for ref, name in found:
        press.button(plain(name), _choose, period.ref, ref, key=f"assist_{ref}")
    if search and not found:
        st.info("No group of that name is on the list of the period. Add it there if it is missing.")
    st.link_button("Open the form to print, in large type", f"/files/form?period={period.ref}")


def _draw_how(period: PeriodFound, group: Helped) -> None:
    st.header(plain(group.name), anchor=False)
    if group.sent:
        st.info("This group has sent its answers already. Go on only if it wants to change them.")
    how = st.radio(
        "How does it give its answers?",
        list(AssistedHow),
        format_func=lambda each: ASSISTED[AssistedHow(each)].capitalize(),
        key="assist_how",
    )
    spoke_to = st.text_input(
        "Who gives them to you?", key=f"assist_{group.organisation_id}", max_chars=NAME_LIMIT, width=420
    )
    press.button("Open the form", _begin, period, group, how, spoke_to or "", key="assist_begin", look="primary")
    press.button("Choose another group", _choose, period.ref, None, key="assist_other")


def _choose(period_ref: str, ref: str | None) -> None:
    st.query_params.from_dict({"period": period_ref, **({_ORGANISATION: ref} if ref else {})})


def _begin(period: PeriodFound, group: Helped, how: AssistedHow, spoke_to: str) -> None:
    def act(session: Session) -> str:
        ref = begin_assisting(
            session,
            viewer=viewer.current(),
            organisation_id=group.organisation_id,
            period_id=period.id,
            how=how,
            spoke_to=spoke_to,
        )
        return f"Written down. The reference of this form is {ref}."

    acting.do(act)
