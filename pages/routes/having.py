"""Answers that a browser may keep, and has to ask for again: what is published may be taken back at any time."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response


def unless_had(
    request: Request, answer: Response, *, digest: str, kept_by: Literal["public", "private"] = "public"
) -> Response:
    """Give an answer with its tag, or in its place nothing but word that the asker has it already.

    Args:
        request: what was asked, with the tags of what the asker has.
        answer: the answer, ready to be sent.
        digest: of what is in it. The tag is weak, as the same content is sent compressed too.
        kept_by: by whom it may be kept: `private` is the browser that asked, where not everyone is given it.
    """
    answer.headers.update({"etag": f'W/"{digest}"', "cache-control": f"{kept_by}, no-cache"})
    had = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if not had & {f'"{digest}"', "*"}:
        return answer
    # Browsers heed the other headers in an answer without content too.
    of_content = ("content-length", "content-type", "content-disposition")
    return Response(status_code=304, headers={k: v for k, v in answer.headers.items() if k not in of_content})
