"""E-mails that came back or did not go, and letters that wait in the outbox to be downloaded."""

import pandas as pd
import streamlit as st

from charter import clock
from charter.mail.bouncing import read_bounces
from charter.mail.listing import MailFound, mail_troubles
from charter.mail.outbox import delete_written, outbox_holds
from charter.mail.wording import MAIL_KINDS
from charter.store import Session, reading
from pages.ui import keys, press, tables, viewer
from pages.ui.responses import one_by_one
from pages.ui.running import acting

_MOST = 50  # rows: those that are newest
_OUTBOX = "outbox_"  # what the name of the question before deleting begins with


def draw() -> None:
    """Draw both, each with what can be done."""
    here = viewer.current()
    with reading() as session:
        troubles = mail_troubles(session, viewer=here)
        holds = outbox_holds(session, viewer=here)
    st.header("E-mails that did not arrive", anchor=False)
    if troubles:
        _draw_troubles(troubles)
    else:
        st.markdown("Every e-mail went, as far as we know.")
    _draw_upload()
    one_by_one.draw_came_back()
    st.header("Outbox", anchor=False)
    if not holds.letters:
        st.markdown("No letter waits to be downloaded.")
        return
    wait = "letter waits" if holds.letters == 1 else "letters wait"
    st.markdown(f"**{holds.letters}** {wait} to be downloaded. Send each from your own mail program.")
    st.link_button("Download the letters", f"/files/outbox.zip?up_to={holds.last_id}")
    # A letter that was written after the first press is not among those that the person has downloaded.
    up_to = _asked_to_delete() or holds.last_id
    acting.confirmed(
        "Delete these letters",
        name=f"{_OUTBOX}{up_to}",
        warning=f"All letters up to {up_to:06d}.eml are deleted here. First see that this file is among those that you "
        "downloaded, and that you have sent them.",
        yes="Yes, delete them",
        act=lambda: _delete(up_to),
    )


def _asked_to_delete() -> int:
    """Give the number of the last letter that the person asked to delete and has not confirmed yet, or 0."""
    asked = str(st.session_state.get(keys.CONFIRM) or "").partition(_OUTBOX)[2]
    return int(asked) if asked.isdecimal() else 0


def _draw_troubles(troubles: tuple[MailFound, ...]) -> None:
    shown = troubles[:_MOST]
    frame = pd.DataFrame(
        {
            "To": [f"{each.organisation or each.address}" for each in shown],
            "What": [f"{MAIL_KINDS[each.kind]}, {_day(each)}" for each in shown],
            "What became of it": [each.said for each in shown],
        },
        dtype=str,
    )
    tables.draw(frame, alt="E-mails that came back or did not go")
    if len(troubles) > len(shown):
        st.caption(f"The newest {len(shown)} of {len(troubles)} are shown.")
    one_by_one.draw_send_again([each for each in shown if each.can_send_again])


def _day(mail: MailFound) -> str:
    return clock.day_in_words(clock.local(mail.created_at).date())


def _draw_upload() -> None:
    with st.expander("Read in messages that say that an e-mail came back"):
        st.markdown("Save such messages from your mail program as files that end in .eml, and choose them here.")
        files = st.file_uploader("Messages", type=["eml"], accept_multiple_files=True, key="bounces")
        press.button("Read them", _read, [each.getvalue() for each in files], key="read_bounces")


def _delete(last_id: int) -> None:
    acting.do(lambda session: f"Letters deleted: {delete_written(session, viewer=viewer.current(), up_to=last_id)}.")


def _read(files: list[bytes]) -> None:
    def act(session: Session) -> str:
        found = read_bounces(session, viewer=viewer.current(), files=files)
        return f"E-mails marked as come back: {found.bounced}. Messages about no e-mail of ours: {found.not_matched}."

    acting.do(act)
