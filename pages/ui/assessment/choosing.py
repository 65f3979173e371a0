"""Which form: the viewer's only one, the one that the address names, or a choice between several."""

import streamlit as st

from charter.own_forms import OwnForm, own_forms
from charter.rules.access import Viewer
from charter.store import reading
from pages.ui import press
from pages.ui.plain import plain

_ORGANISATION = "organisation"
_PERIOD = "period"


def choose(who: Viewer) -> OwnForm | None:
    """Give the form to show. Where there is none, or a choice, that is drawn and None is given."""
    with reading() as session:
        own = own_forms(session, viewer=who)
    named = [form for form in own if _is_named(form)]
    if not own:
        _say("There is nothing to answer here yet. Your organisation is not invited to a review at the moment.")
    elif not named:
        _say("This self-assessment is not yours, or is not there. Nothing was changed. Here is what you can open:")
        _offer(own)
    else:
        candidates = _candidates(named)
        if len(candidates) == 1:
            return candidates[0]
        _say("You can open more than one self-assessment. Choose one:")
        _offer(candidates)
    return None


def _candidates(named: list[OwnForm]) -> list[OwnForm]:
    """Give those in open periods; where none is open, each organisation's newest."""
    newest = {form.organisation_id: form for form in reversed(named)}
    return [form for form in named if form.open] or list(newest.values())


def _is_named(form: OwnForm) -> bool:
    organisation, period = st.query_params.get(_ORGANISATION), st.query_params.get(_PERIOD)
    return organisation in (None, form.organisation_ref) and period in (None, form.period_ref)


def _say(sentence: str) -> None:
    st.title("Self-assessment", anchor=False)
    st.markdown(sentence)


def _offer(forms: list[OwnForm] | tuple[OwnForm, ...]) -> None:
    for form in forms:
        label = f"{plain(form.organisation_name)}: {plain(form.period_title)}{'' if form.open else ' (closed)'}"
        press.button(label, _open, form, key=f"choose_{form.organisation_id}_{form.period_id}")


def _open(form: OwnForm) -> None:
    st.query_params.from_dict({_ORGANISATION: form.organisation_ref, _PERIOD: form.period_ref})
