"""Files that a page sends: from those alone who are signed in, or came by a link.

Streamlit takes a file of any page that is open, and holds it in memory for as long as the page is. Public pages ask for
none, so that whoever sends one there only means to fill the memory.
"""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import Scope

from pages.routes.asking import viewer_of

_UPLOADS = "/_stcore/upload_file"


async def is_from_nobody(scope: Scope) -> bool:
    """Tell whether a request sends a file, and by nobody who is known."""
    if scope["method"] != "PUT" or not scope["path"].startswith(_UPLOADS):
        return False
    viewer = await run_in_threadpool(viewer_of, Request(scope))
    return viewer.session_id is None
