"""The audit log as a list: searched, one page at a time, and downloaded."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from charter import clock
from charter.audit_reading import AuditWanted, Entry, list_acts, list_entries, sees_answers
from charter.audit_words import act_words, subject_words
from charter.store import reading
from pages.ui import viewer
from pages.ui.keeping.saving import day_field
from pages.ui.plain import plain
from pages.ui.running import paging

_LEFT_OUT = "What speaks of groups’ answers is left out: only the coordinator sees which group has answered."


def draw() -> None:
    """Draw the filters, the entries and the way to download them."""
    here = viewer.current()
    with reading() as session:
        acts = list_acts(session, viewer=here)
    wanted = _filters(acts)
    key = f"audit_{hash(wanted)}"
    with reading() as session:
        found = list_entries(session, viewer=here, wanted=wanted, page=paging.page_asked(key))
    if not sees_answers(here):
        st.caption(_LEFT_OUT)
    if not found.total:
        st.info("Nothing like that was done. Try fewer words, or other days.")
        return
    for entry in found.rows:
        _draw_entry(entry)
    paging.draw(found, key=key, what="entries")
    st.link_button(f"Download these {found.total} entries", f"/files/audit.csv?{_query(wanted)}")


def _filters(acts: tuple[str, ...]) -> AuditWanted:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        act = st.selectbox(
            "What was done",
            ["", *acts],
            format_func=lambda each: act_words(each) if each else "All",
            key="audit_act",
            width=260,
        )
        who = st.text_input("Who did it", key="audit_who", width=220, type="search")
        subject = st.text_input("To what", key="audit_subject", width=220, type="search")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = day_field("From", None, key="audit_first", stays=None)
        last = day_field("Until", None, key="audit_last", stays=None)
    return AuditWanted(act or "", subject or "", who or "", first, last)


def _draw_entry(entry: Entry) -> None:
    with st.container(gap=None, key=f"entry_{entry.number}"):
        st.markdown(f"**{plain(act_words(entry.act))}** · {plain(subject_words(entry.subject, named=entry.named))}")
        said = [clock.moment_in_words(entry.at), entry.who, *([entry.detail] if entry.detail else [])]
        st.caption(plain(" · ".join(said)))


def _query(wanted: AuditWanted) -> str:
    days = {"from": wanted.first, "until": wanted.last}
    words = {"act": wanted.act, "subject": wanted.subject, "who": wanted.who}
    return urlencode(words | {name: _day(day) for name, day in days.items()})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
