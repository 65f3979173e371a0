"""`/files/audit.csv`: the audit log, for those alone who may read it."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.audit_file import audit_csv
from charter.audit_reading import AuditWanted, all_entries
from charter.rules.refusals import NotAllowedError
from charter.store import reading
from charter.viewers import see
from pages.routes.cookies import token_of
from pages.routes.plain_pages import message_page

_MARK = "\ufeff"  # tells a spreadsheet that the text is UTF-8


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
    address = request.client.host if request.client else ""
    viewer = see(token=token_of(request), address=address).viewer
    try:
        with reading() as session:
            written = audit_csv(all_entries(session, viewer=viewer, wanted=wanted))
    except NotAllowedError as refusal:
        return message_page(403, "This is not open to you", str(refusal))
    headers = {"content-disposition": 'attachment; filename="audit.csv"', "cache-control": "no-store"}
    return Response(_MARK + written, media_type="text/csv; charset=utf-8", headers=headers)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


ROUTES = [Route("/files/audit.csv", audit_log, methods=["GET"])]
