"""The form in which a public body says what it will do about its lowest promise in a theme."""

from datetime import date, timedelta

import streamlit as st

from charter.lowest import Lowest, Promised, lowest_commitments
from charter.periods import PeriodFound
from charter.public_words import PublicWords, public_line
from charter.right_of_reply import OwnBody
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.you_said import HEADING_LIMIT, WORDS_LIMIT, Planned, save_promise
from db.types import PeriodState, Precision
from pages.ui import press, twice, typed_over, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_DAY, _MONTH, _ONGOING, _NO_ACTION = "By a date", "By the end of a month", "Ongoing", "No action"
_A_RUN = timedelta(minutes=1)  # the page makes figures, so that a second press may wait long for the first one's run
_CHOICES = (_DAY, _MONTH, _ONGOING, _NO_ACTION)
_WE_WILL, _HEADING, _REASON = "_we_will", "_heading", "_reason"  # what the names of the fields end with


def draw(here: Viewer, body: OwnBody, period: PeriodFound, *, public: PublicWords | None = None) -> None:
    """Draw a form for each theme in which the body owes a main promise.

    Args:
        here: who asks.
        body: the public body that they speak for.
        period: a review that has closed, or is published.
        public: what everybody reads of the body's words, once the review is published.
    """
    with reading() as session:
        found = lowest_commitments(session, viewer=here, period_ref=period.ref, organisation_id=body.organisation_id)
    st.header("You said, we will", anchor=False)
    if not found:
        st.markdown("You owe no main promise in this review, so there is nothing to answer.")
        return
    st.markdown("In each theme, say what you will do about the main promise that groups scored lowest.")
    for lowest in found:
        with st.container(border=True):
            st.subheader(plain(lowest.theme_title), anchor=False)
            if lowest.ref:
                _draw_form(lowest, period, public)
            else:
                st.markdown("No main promise of this theme has a score that may be shown, so there is none to answer.")


def _draw_form(lowest: Lowest, period: PeriodFound, public: PublicWords | None) -> None:
    said = lowest.promised
    st.markdown(f"Groups gave **{plain(lowest.title)}** {lowest.score} out of 100.")
    if public is not None:
        told = public_line(said, public.promises.get(lowest.theme_ref), release_ref=public.release_ref)
        st.info(plain(told))
    name = f"promise_{lowest.organisation_id}_{period.ref}_{lowest.theme_ref}"
    revision = said.revision if said else 0
    typed_over.draw(name, revision=revision, saved=_saved_words(said))
    _draw_fields(said, f"{name}_{revision}")
    press.button("Save this promise", _save, lowest, period, name, key=f"{name}_{revision}_save")


def _saved_words(said: Promised | None) -> dict[str, str]:
    """Give what is saved, by what the names of its fields end with."""
    words = (said.we_will, said.action, said.no_action_reason) if said else ("", "", "")
    return dict(zip((_WE_WILL, _HEADING, _REASON), words, strict=True))


def _draw_fields(said: Promised | None, name: str) -> None:
    """Draw the fields. What is typed in one stays while another choice of "by when" hides it."""
    words = _saved_words(said)
    _draw_words("We will", words, _WE_WILL, name, height=100)
    st.radio("By when", _CHOICES, index=_index(said), key=f"{name}_when", horizontal=True, persist_state="page")
    when = st.session_state[f"{name}_when"]
    if when == _NO_ACTION:
        _draw_words("Why there is no action", words, _REASON, name, height=80)
        return
    st.text_input(
        "The action, in a few words",
        value=words[_HEADING],
        key=f"{name}{_HEADING}",
        max_chars=HEADING_LIMIT,
        persist_state="page",
    )
    if when != _ONGOING:
        label = "The date" if when == _DAY else "Any day of the month"
        due = said.due_on if said else None
        st.date_input(label, due, key=f"{name}_due", format="DD/MM/YYYY", width=220, persist_state="page")


def _draw_words(label: str, words: dict[str, str], end: str, name: str, *, height: int) -> None:
    key = f"{name}{end}"
    st.text_area(label, words[end], key=key, max_chars=WORDS_LIMIT, height=height, persist_state="page")


def _index(said: Promised | None) -> int:
    if said is None:
        return 0
    if not said.action_ref:
        return _CHOICES.index(_NO_ACTION)
    if said.due_on is None:
        return _CHOICES.index(_ONGOING)
    return _CHOICES.index(_MONTH if said.due_precision is Precision.MONTH else _DAY)


def _save(lowest: Lowest, period: PeriodFound, name: str) -> None:
    seen = lowest.promised.revision if lowest.promised else 0
    fields = f"{name}_{seen}"
    when = st.session_state.get(f"{fields}_when")
    asked = ("promise", fields)  # with its revision, which is another one after each save
    if twice.just_done(asked, within=_A_RUN) is not None:
        return
    due: date | None = st.session_state.get(f"{fields}_due") if when in {_DAY, _MONTH} else None
    none = when == _NO_ACTION

    def act(session: Session) -> str:
        save_promise(
            session,
            viewer=viewer.current(),
            period_ref=period.ref,
            organisation_id=lowest.organisation_id,
            theme_ref=lowest.theme_ref,
            we_will=_text(fields, _WE_WILL),
            action=None if none else Planned(_text(fields, _HEADING), due, _precision(when)),
            no_action_reason=_text(fields, _REASON) if none else "",
            seen_revision=seen,
        )
        shown = "once a correction is published" if period.state is PeriodState.PUBLISHED else "when it is published"
        return f"Your promise on {lowest.theme_title.lower()} is saved. Everybody reads it {shown}."

    if acting.do(act):
        typed_over.forget(name)
        twice.note(asked)


def _text(fields: str, end: str) -> str:
    return str(st.session_state.get(f"{fields}{end}") or "")


def _precision(when: object) -> Precision | None:
    return {_DAY: Precision.DAY, _MONTH: Precision.MONTH}.get(str(when))
