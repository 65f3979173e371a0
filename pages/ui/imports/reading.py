"""What was read of a file that a person brings: read once, and kept while it is on the page."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import streamlit as st

from charter.imports.ledger import FileBrought, file_brought
from charter.rules.refusals import FieldError
from pages.ui import keys
from pages.ui.plain import plain

Read = TypeVar("Read")


def once(what: str, contents: Mapping[str, bytes], read: Callable[[], Read]) -> tuple[Read, FileBrought] | None:
    """Read a file that was brought, or say why it cannot be read and give None.

    Args:
        what: how it is read; the same bytes read otherwise are read again.
        contents: the bytes of each file by its name.
        read: what reads them.
    """
    file = file_brought(contents)
    key = f"{what} {file.sha256}"
    kept: tuple[str, Read] | None = st.session_state.get(keys.KEPT_IMPORT)
    if kept is not None and kept[0] == key:
        return kept[1], file
    try:
        with st.spinner("Reading the file"):
            found = read()
    except FieldError as refusal:
        st.error(f"{plain(str(refusal))} Nothing was taken in.")
        return None
    st.session_state[keys.KEPT_IMPORT] = (key, found)
    return found, file


def forget() -> None:
    """Forget what was read, once there is no file on the page."""
    st.session_state.pop(keys.KEPT_IMPORT, None)
