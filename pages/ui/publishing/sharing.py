"""Sharing a closed review early, with named people."""

from collections.abc import Mapping, Sequence

import streamlit as st

from charter import preview_words
from charter.early_access import NAME_LIMIT, Access, list_early_access, revoke_preview
from charter.mail.sending import sends_mail
from charter.mail.wording import CONDITIONS, Condition
from charter.periods import PeriodFound
from charter.preview_letters import PreviewLetter, Shared, read_letters, share_by_mail
from charter.rules.access import Viewer
from charter.store import Session, reading
from pages.ui import keys, press, twice, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_ADDRESS_LIMIT = 254  # characters: the longest address that mail can be sent to
_ON_ITS_WAY = frozenset({Condition.WAITING, Condition.BEING_SENT})
_GONE = _ON_ITS_WAY | {Condition.SENT, Condition.HANDED_ON}
_LOOK_SECONDS = 2
Letters = Mapping[int, PreviewLetter]


def draw(here: Viewer, period: PeriodFound) -> None:
    """Draw the form for a new link, and everyone who has early access."""
    with reading() as session:
        shared = list_early_access(session, viewer=here, period_ref=period.ref)
        letters = read_letters(session, viewer=here, period_ref=period.ref)
    st.markdown(
        "A named person can see the figures before they are published, by a link that is good for 24 hours. "
        "The name, and when they first looked, are published with the figures."
    )
    if not shared:
        st.warning(
            "Once somebody has a link, this review cannot be opened again, and no group’s answer can be changed."
        )
    _draw_fields(period.ref)
    _draw_new_link([access.id for access in shared], letters)
    st.header("Who has early access", anchor=False)
    if not shared:
        st.markdown("Nobody yet. Public bodies are listed here when they look at their own figures.")
    for access in shared:
        _draw_access(access, letters.get(access.id))
    if any(access.live and _needs_care(letters.get(access.id)) for access in shared):
        _draw_way_to_mails(period.ref)
    if any(letter.condition in _ON_ITS_WAY for letter in letters.values()):
        st.fragment(_look_again, run_every=_LOOK_SECONDS)(period.ref, letters)


def _draw_fields(ref: str) -> None:
    st.text_input("Name of the person", key=keys.PREVIEW_NAME, max_chars=NAME_LIMIT, width=420)
    st.text_input(
        "E-mail address of the person (you may leave it empty)",
        key=keys.PREVIEW_EMAIL,
        max_chars=_ADDRESS_LIMIT,
        width=420,
    )
    st.caption(
        "A letter with the link goes there. It says when the link ends, and what may not be done with the figures. "
        "Without an address, you copy the link and send it yourself."
        if sends_mail()
        else "No mail server is set, so a letter for this address waits in the outbox: download it and send it "
        "yourself. Without an address, you copy the link."
    )
    press.button("Make a link for this person", _share, ref, key="share_preview", look="primary")


def _draw_new_link(access_ids: Sequence[int], letters: Letters) -> None:
    """Show a link once: the store keeps only its digest, so that it cannot be shown again."""
    made = st.session_state.get(keys.PREVIEW_LINK)
    if not isinstance(made, Shared) or made.link is None or made.access_id not in access_ids:
        st.session_state.pop(keys.PREVIEW_LINK, None)
        return
    letter = letters.get(made.access_id)
    if letter is None:
        st.markdown("No e-mail address was given, so no letter is written. Copy this link and send it yourself.")
    else:
        st.markdown(f"{_letter_words(letter)}. It holds this link, which you may also send yourself.")
    st.code(made.link, language=None, wrap_lines=True)
    st.caption("The link is shown only once.")
    # While the letter is on its way the page is drawn again by itself, and must not take the link away.
    if letter is None or letter.condition not in _ON_ITS_WAY:
        del st.session_state[keys.PREVIEW_LINK]


def _draw_access(access: Access, letter: PreviewLetter | None) -> None:
    words = plain(preview_words.access_words(access))
    if access.live:
        words += f". {_letter_words(letter)}" if letter else ". No letter: the link was copied by hand"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words, width="content")
        if access.live:
            press.button("Take the link back", _revoke, access.id, key=f"revoke_preview_{access.id}")


def _letter_words(letter: PreviewLetter) -> str:
    return f"Letter to {plain(letter.address)}: {CONDITIONS[letter.condition].lower()}"


def _needs_care(letter: PreviewLetter | None) -> bool:
    return letter is not None and letter.condition not in _GONE


def _draw_way_to_mails(ref: str) -> None:
    with st.container(horizontal=True, key="ways_to_mails"):
        st.page_link(
            "coordinate/responses.py",
            label="Go to the e-mails",
            query_params={"period": ref, "part": "reminders"},
        )


def _look_again(ref: str, seen: Letters) -> None:
    """Draw the page again once a letter has gone, or has not."""
    with reading() as session:
        letters = read_letters(session, viewer=viewer.current(), period_ref=ref)
    if letters != seen:
        st.rerun()


def _share(ref: str) -> None:
    name = str(st.session_state.get(keys.PREVIEW_NAME) or "")
    email = str(st.session_state.get(keys.PREVIEW_EMAIL) or "")
    made: list[Shared] = []
    asked = ("share", ref)  # the second press of a double click may find the fields empty already

    def act(session: Session) -> str:
        made.append(share_by_mail(session, viewer=viewer.current(), period_ref=ref, name=name, email=email))
        if made[0].link is None:
            return f"{name.strip()} has a link already, so no other is made. For a new one, take that one back first."
        return f"The link for {name.strip()} is made. {_went(made[0])}"

    if (done := twice.just_done(asked)) is not None:
        st.session_state[keys.PREVIEW_LINK] = done.made
    elif acting.do(act):
        st.session_state[keys.PREVIEW_LINK] = made[0]
        twice.note(asked, made[0])
    else:
        return
    st.session_state[keys.PREVIEW_NAME] = st.session_state[keys.PREVIEW_EMAIL] = ""


def _went(made: Shared) -> str:
    if made.address is None:
        return "No letter is written: copy the link below."
    return "A letter is on its way." if sends_mail() else "A letter is written, and waits in the outbox."


def _revoke(access_id: int) -> None:
    def act(session: Session) -> str:
        revoke_preview(session, viewer=viewer.current(), access_id=access_id)
        return "The link is taken back. The person stays on the list."

    if acting.do(act):
        twice.note(("revoke", access_id))
