"""Ready drawings of a release, made once and kept in memory."""

from functools import partial

import streamlit as st

from charter.reports.drawings import KINDS, Drawing, Material
from pages.ui import cached
from pages.ui.opening import Shown

_KEPT = 400


def drawing(shown: Shown, kind: str, ref: str = "", *, dark: bool) -> Drawing | None:
    """Give a drawing of a release, or None where the release has nothing for it.

    Args:
        shown: the release.
        kind: which drawing: a key of `KINDS`.
        ref: the theme or promise that it is of, where it is of one.
        dark: for dark paper.
    """
    return _drawing(shown.id, shown.version, kind, ref, dark, _shown=shown)


@st.cache_data(max_entries=_KEPT, show_spinner=False)
def _drawing(
    release_id: int,  # noqa: ARG001 - kept under the release
    version: str,  # noqa: ARG001 - and the list of those that stand
    kind: str,
    ref: str,
    dark: bool,
    *,
    _shown: Shown,
) -> Drawing | None:
    figures = cached.figures(_shown)
    made_of = Material(_shown.release, figures, read_who=partial(cached.who_answered, _shown), ref=ref, dark=dark)
    return KINDS[kind](made_of)
