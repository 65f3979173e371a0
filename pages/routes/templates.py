"""`/files/measurements-template`: the empty workbook that people fill in to report many figures at once."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from charter.sources.measurement_rows import template
from pages.routes.downloads import download

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def measurements_template(request: Request) -> Response:
    """Send the template. There is nothing in it but the names of columns, so that anyone may have it."""
    del request
    return download(template(), name="measurements.xlsx", kind=_KIND)


ROUTES = [Route("/files/measurements-template", measurements_template, methods=["GET"])]
