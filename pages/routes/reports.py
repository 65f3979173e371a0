"""`/files/reports/<release>/<form>`: a release as a file, for everyone, as it holds only what is published.

Slides may be asked for as a deck arranges them (`?deck=`), and by the coordinator in a look of their own
(`?template=`).
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.reports.forms import ZIP, Form, file_name
from charter.reports.handing_out import HandedOut, hand_out
from charter.reports.handing_out_slides import hand_out_slides
from charter.reports.pack import NAME as PACK
from charter.reports.pack_kept import read_pack
from charter.rules.access import PUBLIC
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.store import reading
from pages.routes.apart import apart
from pages.routes.asking import viewer_of
from pages.routes.downloads import download
from pages.routes.having import unless_had
from pages.routes.headers import CONTENT_POLICY, NOTHING_RUNS
from pages.routes.plain_pages import message_page

_MOST_DIGITS = 10
_FORMS = (*(form.value for form in Form), PACK)


def report(request: Request) -> Response:
    """Send a form of a release, or nothing but word that the asker has it already."""
    ref, form = request.path_params["release"], request.path_params["form"]
    if form not in _FORMS:
        return message_page(404, "There is no such file", f"A release is given out as: {', '.join(_FORMS)}.")
    try:
        file = _file(request, ref, form)
    except NotFoundError as refusal:
        return message_page(404, "There is no such file", str(refusal))
    except NotAllowedError:
        return message_page(403, "This file is not open to you", "Sign in as the person who runs the review.")
    except FieldError as refusal:
        return message_page(400, "Slides cannot be made in this look", str(refusal))
    except RefusedError as refusal:
        return message_page(410, "This file is no longer given out", str(refusal))
    own = bool(request.query_params.get("deck") or request.query_params.get("template"))
    answer = download(file.content, name=file.name, kind=file.media_type)
    answer.headers[CONTENT_POLICY] = NOTHING_RUNS
    return unless_had(request, answer, digest=file.sha256, kept_by="private" if own else "public")


def _file(request: Request, ref: str, form: str) -> HandedOut:
    deck, template = request.query_params.get("deck", ""), request.query_params.get("template", "")
    if form == PACK:
        return _pack(ref)
    if form != Form.SLIDES or not (deck or template):
        return hand_out(Form(form), ref=ref)
    if template and not (template.isascii() and template.isdigit() and len(template) < _MOST_DIGITS):
        raise NotFoundError("This address names no look for slides.")
    wanted = int(template) if template else None
    return hand_out_slides(viewer=viewer_of(request), ref=ref, deck_ref=deck, template_id=wanted)


def _pack(ref: str) -> HandedOut:
    with reading() as session:
        pack, content = read_pack(session, viewer=PUBLIC, ref=ref)
    name = file_name(PACK, ref=pack.release.ref, made_up=pack.release.made_up)
    return HandedOut(name, ZIP, content, pack.sha256)


ROUTES = [Route("/files/reports/{release}/{form}", apart(report), methods=["GET"])]
