"""Files that are made for one person: saved by the browser under a name, and kept by nobody on the way."""

import re

from starlette.responses import Response

_UNFIT = re.compile(r"[^A-Za-z0-9.-]+")


def download(content: str | bytes, *, name: str, kind: str, shown: bool = False) -> Response:
    """Send a file to be saved.

    Args:
        content: what is in it.
        name: its name. What stands in no file's name on every computer becomes a dash.
        kind: its media type, such as `application/json`.
        shown: whether a browser shows it where it can, and saves it under its name only when asked to.
    """
    headers = {
        "content-disposition": f'{"inline" if shown else "attachment"}; filename="{_UNFIT.sub("-", name)}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=kind, headers=headers)
