"""Streamlit's own scripts and styles, compressed once and kept: Streamlit sends 2.6 MB as they are."""

import gzip
import mimetypes
from functools import cache, lru_cache

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from pages.routes.headers import static_folder

_PREFIX = "/static/"
_COMPRESSED_KINDS = frozenset({".js", ".css"})
# Each file's name holds a digest of what is in it, so it never changes.
_KEPT = "public, immutable, max-age=31536000"


def compressed_file(scope: Scope) -> Response | None:
    """Give the answer to a request for one of the files, or None if this is not one."""
    if scope["method"] != "GET" or not scope["path"].startswith(_PREFIX):
        return None
    headers = Headers(scope=scope)
    if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
        return None
    name = scope["path"].removeprefix(_PREFIX)
    if name not in _names():
        return None
    kind, _ = mimetypes.guess_type(name)
    kept = {"content-encoding": "gzip", "vary": "Accept-Encoding", "cache-control": _KEPT}
    return Response(_compress(name), media_type=kind, headers=kept)


@lru_cache
def _names() -> frozenset[str]:
    """List the files by name: only what stands here is read, whatever the address says."""
    folder = static_folder() / "static"
    files = (path for path in folder.rglob("*") if path.suffix in _COMPRESSED_KINDS)
    return frozenset(path.relative_to(folder).as_posix() for path in files)


@cache
def _compress(name: str) -> bytes:
    return gzip.compress((static_folder() / "static" / name).read_bytes(), mtime=0)
