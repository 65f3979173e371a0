"""Handing out single tables of open data: a release's are made when one is first asked for, and kept in memory."""

import hashlib
import threading
from collections.abc import Mapping
from functools import lru_cache

from charter.reports.forms import file_name
from charter.reports.handing_out import HandedOut
from charter.reports.open_data import make_open_data
from charter.reports.told import Told, contents_of, find_told
from charter.rules.refusals import NotFoundError
from charter.settings import settings

_MEDIA = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}
_KEPT = 8  # releases, each about a megabyte
_making = threading.Lock()  # many who ask for a new release at once are given what the first of them waited for


def hand_out_table(name: str, *, ref: str) -> HandedOut:
    """Give a file of a release's open data.

    Args:
        name: the file, such as `theme-scores.csv` or `datapackage.json`.
        ref: the release, such as `2026.1`, or `latest`.

    Raises:
        NotFoundError: there is no such release or file.
        RefusedError: the release was withdrawn.
    """
    release, told = find_told(ref)
    with _making:
        files = _files(told)
    if name not in files:
        raise NotFoundError("There is no such table. See what there is on the page of open data, at /data.")
    content = files[name]
    saved = file_name(name, ref=release.ref, made_up=release.made_up)
    return HandedOut(saved, _MEDIA[name.rpartition(".")[2]], content, hashlib.sha256(content).hexdigest())


@lru_cache(maxsize=_KEPT)
def _files(told: Told) -> Mapping[str, bytes]:
    return make_open_data(contents_of(told), address=settings().site_address)
