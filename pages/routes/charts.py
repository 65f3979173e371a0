"""`/files/charts/<release>/<chart>.png`: a chart as a picture, for everyone, as it shows only what is published."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.reports.chart_files import hand_out_chart
from charter.rules.refusals import NotFoundError, RefusedError
from pages.routes.apart import apart
from pages.routes.downloads import download
from pages.routes.headers import CONTENT_POLICY, NOTHING_RUNS
from pages.routes.plain_pages import message_page


def chart(request: Request) -> Response:
    """Show a chart, `?size=slide` or `print`, or say that the asker has it already."""
    asked = request.path_params
    try:
        file = hand_out_chart(asked["file"], ref=asked["release"], size=request.query_params.get("size", "slide"))
    except NotFoundError as refusal:
        return message_page(404, "There is no such chart", str(refusal))
    except RefusedError as refusal:
        return message_page(410, "This chart is no longer given out", str(refusal))
    tag = f'"{file.sha256}"'
    # It may be kept, and has to be asked for again: a release may be taken back.
    headers = {"etag": tag, "cache-control": "public, no-cache"}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    answer = download(file.content, name=file.name, kind=file.media_type)
    shown = answer.headers["content-disposition"].replace("attachment", "inline", 1)
    answer.headers.update({**headers, "content-disposition": shown, CONTENT_POLICY: NOTHING_RUNS})
    return answer


ROUTES = [Route("/files/charts/{release}/{file}", apart(chart), methods=["GET"])]
