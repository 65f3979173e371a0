"""`/files/audit.csv` and `/files/evidence/…`: the audit log and files of evidence, for those who may see them."""

from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.audit_file import audit_csv
from charter.audit_reading import AuditWanted, all_entries
from charter.evidence.files import hand_out_file
from charter.rules.refusals import DamagedError, NotAllowedError, NotFoundError
from charter.store import reading
from pages.routes.asking import viewer_of
from pages.routes.downloads import download
from pages.routes.headers import CONTENT_POLICY, NOTHING_RUNS
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
    except NotAllowedError:
        if viewer.session_id is None:
            return message_page(403, "Please sign in first", "Sign in on this site, and then ask for this file.")
        return message_page(403, "This is not open to you", "The coordinator and the administrators can have it.")
    return download(written, name="audit.csv", kind="text/csv; charset=utf-8")


def evidence(request: Request) -> Response:
    """Send a file of evidence, to be saved and never shown: it comes from outside, and may hold anything."""
    viewer = viewer_of(request)
    try:
        with reading() as session:
            file = hand_out_file(session, viewer=viewer, ref=request.path_params["ref"])
    except NotFoundError as refusal:
        advice = "" if viewer.session_id is not None else " If it is your organisation’s, sign in first."
        return message_page(404, "There is no such file", f"{refusal}{advice}")
    except DamagedError as refusal:
        return message_page(410, "This file is damaged", str(refusal))
    answer = download(file.content, name=file.name, kind=file.content_type)
    answer.headers["content-disposition"] += f"; filename*=UTF-8''{quote(file.name, safe='')}"
    answer.headers[CONTENT_POLICY] = NOTHING_RUNS
    return answer


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


ROUTES = [
    Route("/files/audit.csv", audit_log, methods=["GET"]),
    Route("/files/evidence/{ref}", evidence, methods=["GET"]),
]
