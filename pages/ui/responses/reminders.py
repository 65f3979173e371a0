"""Invitations and reminders by e-mail: who gets one, what it says, sending it now, and how far that is."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from charter import clock
from charter.jobs import JobFound, job_state, start_job
from charter.mail.inviting import due_invitations
from charter.mail.new_links import link_requests
from charter.mail.recipients import LeftOut, Recipient, Why
from charter.mail.reminding import RemindersDue, due_reminders
from charter.mail.sending import sends_mail
from charter.mail.wording import WHY
from charter.periods import PeriodFound
from charter.responses.letters import letter_words
from charter.store import Session, reading
from db.types import JobState, MailKind
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.responses import one_by_one
from pages.ui.running import acting

_KINDS = {MailKind.INVITATION: "invitations", MailKind.REMINDER: "reminders"}  # the names of the jobs
# Those that somebody can do something about come first.
_ORDER = (Why.NO_ADDRESS, Why.BOUNCED, Why.STOPPED, Why.HAD_IT, Why.SUBMITTED, Why.SIGNS_IN)
_MOST_NAMES = 400  # names that are read out below the number


def draw(period: PeriodFound) -> None:
    """Draw who would be written to now, with the buttons that do it."""
    here = viewer.current()
    if not period.takes_answers(clock.now()):
        st.info("This review takes no answers now, so nobody is invited or reminded.")
        return
    with reading() as session:
        invitations = due_invitations(session, viewer=here, period_ref=period.ref)
        due = due_reminders(session, viewer=here, on=clock.today(), now=True, period_ref=period.ref)
        coming = due_reminders(session, viewer=here, on=clock.today(), period_ref=period.ref)
        asked = link_requests(session, viewer=here, period_ref=period.ref)
    if not sends_mail():
        st.info("No mail server is set, so letters are written to the outbox: download them below and send them.")
    st.header("Invitations", anchor=False)
    _draw_letters(period, MailKind.INVITATION, invitations.recipients, invitations.left_out)
    one_by_one.draw_invite_again(period, invitations.left_out)
    st.header("Reminders", anchor=False)
    st.markdown(_dates(coming))
    for each in due:
        _draw_letters(period, MailKind.REMINDER, each.recipients, each.left_out)
        one_by_one.draw_resume(each.left_out)
    st.header("New links", anchor=False)
    st.markdown(
        f"Asked for: {asked.asked}. Sent to the address that we hold: {asked.matched}. On their way: {asked.waiting}. "
        "Who asks from another address gets none: ring them, or type their answers in for them."
    )


def _dates(coming: Sequence[RemindersDue]) -> str:
    days = [each.due_on or each.next_on for each in coming]
    named = [clock.day_in_words(day) for day in days if day is not None]
    when = f"The next date is **{named[0]}**." if named else "No further date is left before the review closes."
    return (
        f"Reminders are due 28, 10 and 2 days before closing, to those who have not sent their answers. {when} "
        "Nobody gets two for the same date."
    )


def _draw_letters(
    period: PeriodFound, kind: MailKind, recipients: Sequence[Recipient], left_out: Sequence[LeftOut]
) -> None:
    name = _KINDS[kind]
    st.markdown(f"**{len(recipients)}** would get one now.{_left_out_words(left_out)}")
    with reading() as session:
        subject, words = letter_words(session, viewer=viewer.current(), period_ref=period.ref, kind=kind)
    with st.expander("Read what it says"):
        letter = f"{subject}\n\n{words}"
        st.text(letter)
    with st.expander("Who gets it, and who is left out and why"):
        _draw_names("Gets one now", [each.organisation for each in recipients])
        for why in _ORDER:
            _draw_names(f"Left out: {WHY[why]}", [each.organisation for each in left_out if each.why is why])
    if recipients:
        acting.confirmed(
            f"Send {len(recipients)} {name} now…",
            name=f"{name}_{period.ref}",
            warning=f"{len(recipients)} e-mails are written, one to each of them. This cannot be taken back.",
            yes="Yes, send them",
            act=_sending(name, period.ref),
        )
    _draw_progress(name, period.ref)


def _draw_names(what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        st.markdown(f"**{what} ({len(names)})**")
        st.caption(plain(", ".join(names[:_MOST_NAMES])) + more)


def _left_out_words(left_out: Sequence[LeftOut]) -> str:
    counts = Counter(each.why for each in left_out)
    lines = [f"- {count}: {WHY[why]}" for why, count in counts.most_common()]
    return "\n".join([" Left out:", "", *lines]) if lines else ""


def _sending(name: str, period_ref: str) -> Callable[[], None]:
    def act(session: Session) -> str:
        start_job(session, viewer=viewer.current(), kind=name, subject=period_ref)
        return "The e-mails are being written. You can leave this page."

    def press() -> None:
        acting.do(act)

    return press


def _draw_progress(name: str, period_ref: str) -> None:
    job = _job(name, period_ref)
    if job is not None and job.active:
        st.fragment(_draw_running, run_every=1)(name, period_ref)
    elif job is not None and job.message:
        when = clock.moment_in_words(job.changed_at)
        (st.warning if job.state is JobState.FAILED else st.caption)(f"{when}: {plain(job.message)}")


def _draw_running(name: str, period_ref: str) -> None:
    job = _job(name, period_ref)
    if job is None or not job.active:
        st.rerun()
    else:
        words = f"{job.done} of {job.total} written" if job.total else "Finding out who gets one"
        st.progress(job.done / max(job.total, 1), text=words)


def _job(name: str, period_ref: str) -> JobFound | None:
    with reading() as session:
        return job_state(session, viewer=viewer.current(), kind=name, subject=period_ref)
