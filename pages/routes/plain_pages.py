"""The few pages that are plain HTML: they work without a script, and open in an instant."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

_ASSETS = Path(__file__).parents[1] / "ui" / "assets"
_TEMPLATES = Environment(loader=FileSystemLoader(_ASSETS), autoescape=True, undefined=StrictUndefined)


def plain_page(template: str, *, status: int = 200, **shown: object) -> HTMLResponse:
    """Draw a template. Every value is escaped, and nobody else keeps a copy of the answer."""
    body = _TEMPLATES.get_template(template).render(**shown)
    return HTMLResponse(body, status_code=status, headers={"cache-control": "no-store"})


def message_page(status: int, title: str, message: str) -> HTMLResponse:
    """Say one thing."""
    return plain_page("message.html", status=status, title=title, message=message)


def wait_page(seconds: int) -> HTMLResponse:
    """Ask whoever sent too many requests to wait, and tell a program for how long, in seconds."""
    page = message_page(
        429,
        "Too many requests came at once",
        "They came from your network. Wait a minute, then try again. Nothing was lost.",
    )
    page.headers["retry-after"] = str(seconds)
    return page


def elsewhere_page() -> HTMLResponse:
    """Refuse what another site's page sent."""
    return message_page(403, "This did not come from our site", "Nothing was changed.")


def failure_page(incident: str) -> HTMLResponse:
    """Say that something went wrong, with the id under which the log has it."""
    return message_page(
        500,
        "Something went wrong",
        f"It is our fault, not yours. What you saved is safe. Try again in a few minutes. "
        f"If it happens again, tell the person who runs the review this code: {incident}.",
    )
