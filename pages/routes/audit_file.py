"""`/files/audit.csv`: the audit log, for those alone who may read it."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.audit_file import audit_csv
from charter.audit_reading import AuditWanted, all_entries
from charter.rules.refusals import NotAllowedError
from charter.store import reading
from pages.routes.asking import viewer_of
from pages.routes.downloads import download
from pages.routes.plain_pages import message_page


def audit_log(request: Request) -> Response:
    """Send the entries that the address asks for, as the page `/audit` shows them to this viewer."""
    asked = request.query_params
    wanted = AuditWanted(
        act=asked.get("act", ""),
        subject=asked.get("subject", ""),
        who=asked.get("who", ""),
        first=_day(asked.get("from", "")),
        last=_day(asked.get("until", "")),
    )
    viewer = viewer_of(request)
    try:
        with reading() as session:
            written = audit_csv(all_entries(session, viewer=viewer, wanted=wanted))
    except NotAllowedError as refusal:
        return message_page(403, "This is not open to you", str(refusal))
    return download(written, name="audit.csv", kind="text/csv; charset=utf-8")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


ROUTES = [Route("/files/audit.csv", audit_log, methods=["GET"])]
