"""Handing a release out as files: each form is made when it is first asked for, and kept in memory."""

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache

from charter.reports.forms import FORMS, Form, file_name, make_form
from charter.reports.told import Told, contents_of, find_told
from charter.settings import settings

_KEPT = 48  # files: all forms of four releases, some 50 MB
# Each is made by one at a time: many who ask for a new release at once are given what the first of them waited for.
_making = {form: threading.Lock() for form in Form}


@dataclass(frozen=True)
class HandedOut:
    """A file on its way to whoever asked for it."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def hand_out(form: Form, *, ref: str) -> HandedOut:
    """Give a form of a release as one file.

    Args:
        form: which form.
        ref: the release, such as `2026.1`, or `latest`.

    Raises:
        NotFoundError: nothing is published under this reference, or nothing at all.
        RefusedError: the release was withdrawn.
    """
    release, told = find_told(ref)
    with _making[form]:
        content, digest = _made(told, form)
    name = file_name(form.value, ref=release.ref, made_up=release.made_up)
    return HandedOut(name, FORMS[form].media_type, content, digest)


@lru_cache(maxsize=_KEPT)
def _made(told: Told, form: Form) -> tuple[bytes, str]:
    content = make_form(form, contents_of(told), address=settings().site_address)
    return content, hashlib.sha256(content).hexdigest()
