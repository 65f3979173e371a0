"""What is done for one group or one e-mail: inviting again, reminding again, noting that an e-mail came back."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from charter import clock
from charter.mail.inviting import invite_by_mail
from charter.mail.listing import MailFound, list_mail
from charter.mail.recipients import LeftOut, Why
from charter.mail.reminding import resume_reminders
from charter.mail.sending import MAY_COME_BACK, mark_bounced, send_again, send_all_again
from charter.mail.wording import MAIL_KINDS
from charter.periods import PeriodFound
from charter.rules.refusals import RefusedError
from charter.store import Session, reading
from pages.ui import press, twice, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_NAME_OR_ADDRESS = "Type a part of a name or an address"
_AGAIN = frozenset({Why.HAD_IT, Why.BOUNCED})


def draw_invite_again(period: PeriodFound, left_out: Sequence[LeftOut]) -> None:
    """Draw the choice of a group that had its invitation, and the button that sends another.

    Args:
        period: a period that takes answers.
        left_out: who gets no invitation now, and why.
    """
    found = {each.invitation_id: each for each in left_out if each.why in _AGAIN}
    with st.expander("Send an invitation again"):
        if not found:
            st.markdown("There is nobody to choose: nobody who has still to answer was invited by e-mail before.")
            return
        st.markdown("The group gets a new letter with a new link. Links that it had before still work.")
        names = {key: each.organisation for key, each in found.items()}
        chosen = _choose("Group to invite again", names, key=f"invite_again_{period.ref}", hint="Type a part of a name")
        if chosen is not None and found[chosen].why is Why.BOUNCED:
            st.warning("The last e-mail to this group came back. If it has a new address, put that in first.")
            st.page_link("coordinate/organisations.py", label="Go to the organisations")
        press.button("Send this invitation again", _invite, period.ref, chosen, key="invite_again_press")


def draw_resume(left_out: Sequence[LeftOut]) -> None:
    """Draw the choice of a group that had stopped its reminders, and the button that lets them begin again.

    Args:
        left_out: who gets no reminder now, and why.
    """
    names = {each.organisation_id: each.organisation for each in left_out if each.why is Why.STOPPED}
    with st.expander("Remind again a group that had stopped its reminders"):
        if not names:
            st.markdown("There is nobody to choose: nobody who has still to answer has stopped the reminders.")
            return
        st.warning("The group itself asked for no more reminders. Press the button only if it asks for them again.")
        chosen = _choose("Group to remind again", names, key="resume", hint="Type a part of a name")
        press.button("Remind this group again", _resume, chosen, names.get(chosen or 0, ""), key="resume_press")


def draw_send_again(failed: Sequence[MailFound]) -> None:
    """Draw the choice of an e-mail that did not go, and the buttons that send it, or all of them, once more.

    Args:
        failed: e-mails whose letters are kept.
    """
    if not failed:
        return
    with st.expander("Send one again"):
        names = {each.id: ", ".join(filter(None, (each.organisation, each.address))) for each in failed}
        chosen = _choose("E-mail to send again", names, key="mail_again", hint=_NAME_OR_ADDRESS)
        with st.container(horizontal=True):
            press.button("Send it again", _send_again, chosen, key="mail_again_press")
            press.button("Send all again", _send_all, key="mail_all_again")


def draw_came_back() -> None:
    """Draw the choice of an e-mail that went, and the button that notes that it came back."""
    with reading() as session:
        went = list_mail(session, viewer=viewer.current(), states=MAY_COME_BACK, newest_only=True)
    with st.expander("Note that an e-mail came back"):
        if not went:
            st.markdown("There is nothing to choose: no e-mail has gone that is not known to have come back.")
            return
        st.markdown(
            "Each address stands here once, with the last e-mail to it. Once you note that it came back, no reminder "
            "goes there until the address is changed."
        )
        names = {each.id: ", ".join(filter(None, (each.organisation, each.address))) for each in went}
        chosen = _choose("E-mail that came back", names, key="came_back", hint=_NAME_OR_ADDRESS)
        for each in went:
            if each.id == chosen:
                st.caption(plain(_mail_words(each)))
        press.button("Note that it came back", _came_back, chosen, key="came_back_press")


def _mail_words(mail: MailFound) -> str:
    day = clock.day_in_words(clock.local(mail.created_at).date())
    return f"The last e-mail to {mail.address}: {MAIL_KINDS[mail.kind].lower()} of {day}"


def _choose(label: str, names: Mapping[int, str], *, key: str, hint: str) -> int | None:
    """Draw a field that finds one of many by a part of its name; options are shown and searched as they were typed."""
    chosen = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda each: names.get(each, ""),
        placeholder=hint,
        filter_mode="contains",
        key=key,
        width=560,
    )
    return chosen if chosen in names else None


def _invite(period_ref: str, invitation_id: int | None) -> None:
    def act(session: Session, key: int) -> str:
        if not invite_by_mail(session, viewer=viewer.current(), period_ref=period_ref, invitation_ids=[key]):
            raise RefusedError(
                "Nothing was sent: this group has sent its answers meanwhile, is not on the list any more, or has no "
                "e-mail address."
            )
        return "The invitation is written again. It goes by the same way as the others."

    _do("invite again", invitation_id, act)


def _resume(organisation_id: int | None, name: str) -> None:
    def act(session: Session, key: int) -> str:
        resume_reminders(session, viewer=viewer.current(), organisation_id=key)
        return f"{name} gets reminders again, from the next one on."

    _do("remind again", organisation_id, act)


def _send_again(mail_id: int | None) -> None:
    def act(session: Session, key: int) -> str:
        send_again(session, viewer=viewer.current(), mail_id=key)
        return "It is on its way again."

    _do("send again", mail_id, act)


def _send_all() -> None:
    acting.do(
        lambda session: f"On their way again: {send_all_again(session, viewer=viewer.current())}.",
        asked="send all again",
    )


def _came_back(mail_id: int | None) -> None:
    def act(session: Session, key: int) -> str:
        mark_bounced(session, viewer=viewer.current(), mail_id=key)
        return "It is noted. The e-mail stands among those that did not arrive."

    _do("came back", mail_id, act)


def _do(name: str, chosen: int | None, act: Callable[[Session, int], str]) -> None:
    """Do something, by its name, to what was chosen, or say that nothing was."""

    def with_choice(session: Session) -> str:
        if chosen is None:
            raise RefusedError("Choose one in the field first. Nothing was changed.")
        return act(session, chosen)

    acting.do(with_choice, asked=twice.name_asked(name, chosen))
