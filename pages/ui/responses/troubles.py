"""E-mails that came back or did not go, and letters that wait in the outbox to be downloaded."""

import pandas as pd
import streamlit as st

from charter import clock
from charter.mail.bouncing import read_bounces
from charter.mail.listing import MailFound, mail_troubles
from charter.mail.outbox import delete_written, outbox_holds
from charter.mail.sending import send_again, send_all_again
from charter.mail.wording import MAIL_KINDS
from charter.store import Session, reading
from pages.ui import tables, viewer
from pages.ui.assessment import press
from pages.ui.plain import plain
from pages.ui.running import acting

_MOST = 50  # rows: those that are newest


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
    st.header("Outbox", anchor=False)
    if not holds.letters:
        st.markdown("No letter waits to be downloaded.")
        return
    st.markdown(f"**{holds.letters}** letters wait to be downloaded. Send each from your own mail program.")
    st.link_button("Download the letters", f"/files/outbox.zip?up_to={holds.last_id}")
    acting.confirmed(
        "Delete those letters…",
        name=f"outbox_{holds.last_id}",
        warning=f"{holds.letters} letters are deleted here. Do it only once you have downloaded and sent them.",
        yes="Yes, delete them",
        act=lambda: _delete(holds.last_id),
    )


def _draw_troubles(troubles: tuple[MailFound, ...]) -> None:
    shown = troubles[:_MOST]
    frame = pd.DataFrame(
        {
            "To": [f"{each.organisation or each.address}" for each in shown],
            "What": [f"{MAIL_KINDS[each.kind]}, {clock.day_in_words(each.created_at.date())}" for each in shown],
            "What became of it": [each.said for each in shown],
        },
        dtype=str,
    )
    tables.draw(frame, alt="E-mails that came back or did not go")
    if len(troubles) > len(shown):
        st.caption(f"The newest {len(shown)} of {len(troubles)} are shown.")
    again = {each.id: each for each in shown if each.can_send_again}
    if again:
        with st.expander("Send one again"):
            chosen = st.selectbox(
                "Which",
                list(again),
                format_func=lambda key: plain(again[key].organisation or again[key].address) if key in again else "",
                key="mail_again",
                width=420,
            )
            press.button("Send it again", _send_again, int(chosen or 0), key="mail_again_press")
            press.button("Send all again", _send_all, key="mail_all_again")


def _draw_upload() -> None:
    with st.expander("Read in messages that say that an e-mail came back"):
        st.markdown("Save such messages from your mail program as files that end in .eml, and choose them here.")
        files = st.file_uploader("Messages", type=["eml"], accept_multiple_files=True, key="bounces")
        press.button("Read them", _read, [each.getvalue() for each in files], key="read_bounces")


def _send_again(mail_id: int) -> None:
    def act(session: Session) -> str:
        send_again(session, viewer=viewer.current(), mail_id=mail_id)
        return "It is on its way again."

    acting.do(act)


def _send_all() -> None:
    acting.do(lambda session: f"On their way again: {send_all_again(session, viewer=viewer.current())}.")


def _delete(last_id: int) -> None:
    acting.do(lambda session: f"Letters deleted: {delete_written(session, viewer=viewer.current(), up_to=last_id)}.")


def _read(files: list[bytes]) -> None:
    def act(session: Session) -> str:
        found = read_bounces(session, viewer=viewer.current(), files=files)
        return f"E-mails marked as come back: {found.bounced}. Messages about no e-mail of ours: {found.not_matched}."

    acting.do(act)
