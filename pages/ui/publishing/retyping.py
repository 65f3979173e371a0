"""Answers that were typed in wrongly for groups: finding the group, saying what is right, and the list of it."""

from dataclasses import dataclass

import streamlit as st

from charter.corrections import Retyped
from charter.releases import ReleaseFound
from charter.retyping import HeldAnswer, HeldGroup, find_held_groups, held_group
from charter.rules.access import Viewer
from charter.store import reading
from charter.words import LEVELS, level_words
from db.types import NoLevel
from pages.ui import keys, press
from pages.ui.plain import plain

_NONE = "none"
_CHOICES = (*(str(level) for level in range(len(LEVELS))), *(each.value for each in NoLevel), _NONE)


@dataclass(frozen=True)
class _PutRight:
    """One answer as it should have been typed in, and whose it is in words."""

    said: int | NoLevel | None
    words: str


def gathered(release_ref: str) -> Retyped:
    """Give what was gathered for the next correction of a release."""
    return {key: each.said for key, each in _all().get(release_ref, {}).items()}


def draw(here: Viewer, release: ReleaseFound) -> None:
    """Draw the search for a group, its answers, and the list of what is put right."""
    with st.expander("An answer was typed in wrongly for a group", expanded=bool(gathered(release.ref))):
        st.markdown(
            "Groups’ answers are not changed after publishing: anyone who compared two releases could work out what "
            "one group said. Where one must be put right, every figure that holds it is hidden for good, unless at "
            f"least {release.threshold} groups’ answers to that promise are put right at once. Only levels can be put "
            "right. The group’s own copy of what it sent stays as it is."
        )
        group = _chosen_group(here, release)
        if group is not None:
            _draw_group(release, group)
        _draw_list(release)


def _chosen_group(here: Viewer, release: ReleaseFound) -> HeldGroup | None:
    search = st.text_input("Name or reference number of the group", key=keys.RETYPE_SEARCH, max_chars=120, width=420)
    if not search:
        return None
    with reading() as session:
        found = dict(find_held_groups(session, viewer=here, release_ref=release.ref, search=search))
    if not found:
        st.info("No group of this name or number has answers in this release. Try one word of its name.")
        return None
    ref = st.selectbox(
        "Group",
        list(found),
        format_func=lambda ref: f"{found[ref]} ({ref})" if ref in found else ref,
        key=keys.RETYPE_GROUP,
        width=420,
    )
    with reading() as session:
        return held_group(session, viewer=here, release_ref=release.ref, organisation_ref=ref)


def _draw_group(release: ReleaseFound, group: HeldGroup) -> None:
    if group.typed_in is not None:
        st.markdown(plain(group.typed_in.words))
    else:
        st.markdown(
            "This group’s own people answered, so what they said is not shown here. Change only what the group asks "
            "you to change."
        )
    titles = {answer.ref: answer.title for answer in group.answers}
    ref = st.selectbox(
        "Promise",
        list(titles),
        format_func=lambda ref: f"{titles[ref]} ({ref})" if ref in titles else ref,
        key=keys.RETYPE_PROMISE,
    )
    answer = group.answer(ref)
    if answer is None:
        return
    st.markdown(f"The question: {plain(answer.question)}")
    if group.typed_in is not None:
        st.markdown(f"Typed in and published: **{level_words(answer.level, answer.no_level)}**")
    st.selectbox("What is right", _CHOICES, format_func=_choice_words, index=None, key=keys.RETYPE_LEVEL, width=420)
    press.button("Add this to the correction", _add, release.ref, group, answer, key="retype_add")


def _draw_list(release: ReleaseFound) -> None:
    found = _all().get(release.ref, {})
    if not found:
        return
    st.subheader("What this correction puts right", anchor=False)
    st.caption("This list is kept while this page is open. It is not saved until you publish.")
    for (organisation, ref), each in found.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(each.words), width="stretch")
            press.button("Take it out", _take_out, release.ref, organisation, ref, key=f"retype_{organisation}_{ref}")


def _add(release_ref: str, group: HeldGroup, answer: HeldAnswer) -> None:
    choice = st.session_state.get(keys.RETYPE_LEVEL)
    if choice is None:
        st.session_state[keys.DONE] = (False, "Choose what is right first. Nothing was lost.")
        return
    said = _said(str(choice))
    if group.typed_in is not None and said == (answer.no_level if answer.level is None else answer.level):
        st.session_state[keys.DONE] = (False, "That is what was published, so there is nothing to put right.")
        return
    words = f"{group.name}, “{answer.title}”: {_choice_words(str(choice))}"
    _all().setdefault(release_ref, {})[group.ref, answer.ref] = _PutRight(said, words)
    st.session_state[keys.RETYPE_LEVEL] = None


def _take_out(release_ref: str, organisation: str, ref: str) -> None:
    _all().get(release_ref, {}).pop((organisation, ref), None)


def _all() -> dict[str, dict[tuple[str, str], _PutRight]]:
    found: dict[str, dict[tuple[str, str], _PutRight]] = st.session_state.setdefault(keys.RETYPED, {})
    return found


def _said(choice: str) -> int | NoLevel | None:
    if choice == _NONE:
        return None
    return int(choice) if choice.isdecimal() else NoLevel(choice)


def _choice_words(choice: str) -> str:
    said = _said(choice)
    return level_words(None, said) if isinstance(said, NoLevel) else level_words(said)
