"""Handing out single charts as pictures: each is drawn when it is first asked for, and kept in memory."""

import hashlib
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from charter.reports.every_drawing import chart_name
from charter.reports.forms import file_name
from charter.reports.handing_out import HandedOut
from charter.reports.told import Told, contents_of, find_told
from charter.rules.refusals import NotFoundError

if TYPE_CHECKING:
    from charter.reports.images import ImageKind, ImageSize

SIZES: "tuple[ImageSize, ...]" = ("slide", "print")
_KINDS: "dict[str, ImageKind]" = {"png": "png", "svg": "svg"}
_MEDIA = {"png": "image/png", "svg": "image/svg+xml", "json": "application/json"}
_KEPT = 100  # pictures of 100 KB or so
_making = threading.Lock()  # one at a time, so that many who ask at once leave room for those who look at pages


def hand_out_chart(file: str, *, ref: str, size: str = "slide") -> HandedOut:
    """Give a chart of a release as a file.

    Args:
        file: the chart with the ending of what is wanted, such as `ranked-engagement.png`: `png`, `svg`, or `json` for
            its title, source, date and words.
        ref: the release, such as `2026.1`, or `latest`.
        size: `slide` or `print`.

    Raises:
        NotFoundError: there is no such release, chart, ending or size.
        RefusedError: the release was withdrawn.
    """
    name, _, ending = file.rpartition(".")
    wanted = next((each for each in SIZES if each == size), None)
    if ending not in _MEDIA or wanted is None:
        raise NotFoundError(
            f"Charts end in {', '.join(f'.{each}' for each in _MEDIA)}, and have the size slide or print."
        )
    release, told = find_told(ref)
    with _making:
        content = _made(told, name, ending, wanted)
    saved = file_name(file, ref=release.ref, made_up=release.made_up)
    return HandedOut(saved, _MEDIA[ending], content, hashlib.sha256(content).hexdigest())


@lru_cache(maxsize=_KEPT)
def _made(told: Told, name: str, ending: str, size: "ImageSize") -> bytes:
    # What draws takes long to load, and nobody who only reads pages should wait for it.
    from charter.reports.images import image_of, words_of  # noqa: PLC0415

    contents, chart = contents_of(told), chart_name(name)
    if ending not in _KINDS:
        return words_of(contents, chart)
    return image_of(contents, chart, kind=_KINDS[ending], size=size)
