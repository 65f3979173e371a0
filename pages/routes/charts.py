"""`/files/charts/<release>/<chart>.png`: a chart as a picture, for everyone, as it shows only what is published."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.reports.chart_files import hand_out_chart
from charter.rules.refusals import NotFoundError, RefusedError
from pages.routes.apart import apart
from pages.routes.downloads import download
from pages.routes.having import unless_had
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
    answer = download(file.content, name=file.name, kind=file.media_type, shown=True)
    answer.headers[CONTENT_POLICY] = NOTHING_RUNS
    return unless_had(request, answer, digest=file.sha256)


ROUTES = [Route("/files/charts/{release}/{file}", apart(chart), methods=["GET"])]
