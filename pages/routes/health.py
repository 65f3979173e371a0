"""`/healthz`: whether the store can be used."""

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from charter.readiness import PREPARATION


def healthz(_request: Request) -> JSONResponse:
    """Answer 200 with the state of the store and its migrations, or 503 with the reason."""
    state = PREPARATION.state()
    said = {"store": "ready" if state.ready else "not ready", "migration": state.migration, "reason": state.reason}
    return JSONResponse(
        {name: value for name, value in said.items() if value},
        status_code=200 if state.ready else 503,
        headers={"cache-control": "no-store"},
    )


ROUTES = [Route("/healthz", healthz)]
