"""`/assets/`: the few files of our own that pages use."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pages.routes.headers import static_folder
from pages.routes.plain_pages import message_page

_FOLDER = Path(__file__).parents[1] / "ui" / "assets"
_OWN = {
    "plain.css": "text/css",
    "print.css": "text/css",
    "ticket.js": "text/javascript",
    "step.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_FONT = "source-sans.woff2"


def asset(request: Request) -> Response:
    """Send one of the files that stand in the list, and nothing else."""
    name = request.path_params["name"]
    if name == _FONT:
        # The name that Streamlit gives its font changes with its version; plain pages use it by this one.
        return FileResponse(next(static_folder().glob("static/media/SourceSansVF-Upright*.woff2")))
    if name not in _OWN:
        return message_page(404, "There is no such file", "Check the address.")
    return FileResponse(_FOLDER / name, media_type=_OWN[name], headers={"cache-control": "no-cache"})


ROUTES = [Route("/assets/{name}", asset)]
