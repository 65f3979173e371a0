"""What the address asks for: `period`, `release` and `ref`, read in this one place."""

import re
from dataclasses import dataclass

import streamlit as st

from pages.ui import keys

_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")


@dataclass(frozen=True)
class Asked:
    """What the address asks for. A value is None where it asks for nothing, or for what no reference looks like.

    Attributes:
        unknown: the names of the parts that had a form that no reference has.
    """

    period: str | None = None
    release: str | None = None
    ref: str | None = None
    unknown: tuple[str, ...] = ()


def asked() -> Asked:
    """Read the address. Menu links drop `period` and `release`, so they are remembered and written back.

    On one and the same page nothing drops them but the browser's ways back and forward: they lead to the latest.
    """
    given = {name: st.query_params.get(name) for name in ("period", "release", "ref")}
    unknown = tuple(name for name, value in given.items() if value and not _FORM.fullmatch(value))
    known = {name: value for name, value in given.items() if value and name not in unknown}
    if not known.keys() & {"period", "release"} and st.session_state.get(keys.TURNED):
        known.update(_remembered())
    choose(period=known.get("period"), release=known.get("release"))
    return Asked(**known, unknown=unknown)


def choose(*, period: str | None = None, release: str | None = None) -> None:
    """Ask for a period or a release from now on, in the address too; with neither, for the latest."""
    for name, key, value in (("period", keys.PERIOD, period), ("release", keys.RELEASE, release)):
        st.session_state[key] = value
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def _remembered() -> dict[str, str]:
    held = {"period": st.session_state.get(keys.PERIOD), "release": st.session_state.get(keys.RELEASE)}
    return {name: value for name, value in held.items() if value}
