"""The fields of an action's form, filled from what it is now."""

from collections.abc import Mapping

import streamlit as st

from charter.actions.choices import Choices
from charter.actions.fields import HEADING_LIMIT, ActionFields, Doer
from charter.actions.reading import ActionNow
from charter.actions.sources import ActionSources
from charter.outcomes.typed_values import WORDS_LIMIT
from charter.words import ACTION_STATUSES
from db.types import ActionStatus, Precision
from pages.ui import cached
from pages.ui.keeping.saving import day_field

_DAY, _MONTH, _ONGOING = "By a date", "By the end of a month", "Ongoing"
_WHEN = (_DAY, _MONTH, _ONGOING)
_PRECISIONS = {_DAY: Precision.DAY, _MONTH: Precision.MONTH}
_COORDINATOR = 0  # no organisation has this key
_WIDTH = 420
_NEW = ActionFields(heading="")


def draw(found: Choices, now: ActionNow | None, *, name: str, keeper: int | None) -> tuple[ActionFields, ActionSources]:
    """Draw the fields, and give what is in them.

    Args:
        found: what can be chosen.
        now: the action as it stands, or None for a new one.
        name: what the names of the fields begin with.
        keeper: who keeps it up to date, or None where the coordinator does.
    """
    fields, sources = (now.fields, now.sources) if now is not None else (_NEW, ActionSources())
    heading = st.text_input(
        "The action, in a few words", fields.heading, key=f"{name}_heading", max_chars=HEADING_LIMIT
    )
    details = st.text_area(
        "More about it. You need not say.", fields.details, key=f"{name}_details", max_chars=WORDS_LIMIT, height=100
    )
    doers = _draw_doers(found, now, name=name)
    when = st.radio("By when", _WHEN, index=_WHEN.index(_when(fields)), key=f"{name}_when", horizontal=True)
    due = day_field("The date, or any day of the month. Leave it empty for ongoing.", fields.due_on, key=f"{name}_due")
    status = draw_status(fields.status, name=name)
    notes = draw_notes(fields.notes, name=name)
    precision = _PRECISIONS.get(when)
    given = ActionFields(
        heading=heading or "",
        organisation_id=keeper,
        details=details or "",
        doers=doers,
        due_on=due if precision else None,
        due_precision=precision,
        status=status,
        notes=notes,
    )
    return given, _draw_sources(found, sources, name=name)


def draw_keeper(found: Choices, *, name: str) -> int | None:
    """Draw the choice of who keeps a new action up to date; without a choice, give the one that there is."""
    options = {**({_COORDINATOR: "The coordinator"} if found.anybody else {}), **found.keepers}
    if len(options) == 1:
        return next(iter(options))
    chosen = st.selectbox(
        "Who keeps it up to date",
        list(options),
        format_func=lambda key: options.get(key, ""),
        key=f"{name}_keeper",
        width=_WIDTH,
    )
    return chosen or None


def draw_status(now: ActionStatus, *, name: str) -> ActionStatus:
    """Draw the choice of where an action stands, and give it."""
    options = list(ActionStatus)
    chosen = st.selectbox(
        "Where it stands",
        options,
        index=options.index(now),
        format_func=lambda status: ACTION_STATUSES[status],
        key=f"{name}_status",
        width=_WIDTH,
    )
    return ActionStatus(chosen or now)


def draw_notes(now: str, *, name: str) -> str:
    """Draw the field for what happened so far, and give what is typed in it."""
    label = "What happened so far. Everybody reads it, so please name no person."
    return st.text_area(label, now, key=f"{name}_notes", max_chars=WORDS_LIMIT, height=100) or ""


def _when(fields: ActionFields) -> str:
    if fields.due_on is None:
        return _ONGOING if fields.heading else _DAY
    return _MONTH if fields.due_precision is Precision.MONTH else _DAY


def _draw_doers(found: Choices, now: ActionNow | None, *, name: str) -> tuple[Doer, ...]:
    before = now.fields.doers if now is not None else ()
    told = now.told.doers if now is not None else ()
    # Whoever is over by now still stands where it stood.
    known = {each.organisation_id: said for each, said in zip(before, told, strict=False) if each.organisation_id}
    options = {**found.doers, **known}
    chosen = st.multiselect(
        "Who is to do it. Leave it empty for whoever keeps it up to date.",
        list(options),
        default=list(known),
        format_func=lambda key: options.get(key, ""),
        key=f"{name}_doers",
        placeholder="Choose",
    )
    others = st.text_area(
        "Others who are to do it, one on a line",
        "\n".join(each.words for each in before if each.words),
        key=f"{name}_others",
        height=80,
    )
    typed = [line.strip() for line in (others or "").splitlines()]
    return (*(Doer(key) for key in chosen), *(Doer(words=line) for line in typed if line))


def _draw_sources(found: Choices, now: ActionSources, *, name: str) -> ActionSources:
    promises = {each.ref: each.title for each in cached.commitments()}
    return ActionSources(
        commitments=_draw_refs("Promises that it comes from", promises, now.commitments, key=f"{name}_promises"),
        indicators=_draw_refs("Outcomes that it comes from", found.indicators, now.indicators, key=f"{name}_outcomes"),
        recommendations=_draw_refs(
            "Recommendations that it comes from", found.recommendations, now.recommendations, key=f"{name}_said"
        ),
    )


def _draw_refs(label: str, options: Mapping[str, str], now: frozenset[str], *, key: str) -> frozenset[str]:
    """Draw a choice among references. What was chosen before and cannot be seen by this viewer stays as it is."""
    hidden = now - set(options)
    if not options:
        return now
    chosen = st.multiselect(
        label,
        list(options),
        default=sorted(now - hidden),
        format_func=lambda ref: options.get(ref, ref),
        key=key,
        placeholder="Choose",
    )
    return frozenset(chosen) | hidden
