"""What this site asks of the directory, in so many seconds in all: what it is, and who has come back from it."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

import httpx

from charter.openid.claims import Identity, believed
from charter.openid.directory import Directory, safe_address
from charter.openid.journeys import Journey
from charter.settings import settings

RETURN = "/sign-in/openid/back"
LIMIT = 5.0  # seconds for all that one step asks for
_LARGEST = 256 * 1024  # bytes of an answer
_METADATA = "/.well-known/openid-configuration"


class DirectoryAwayError(Exception):
    """The directory cannot be reached, is too slow, or says what cannot be used. The message is for the log."""


@dataclass(frozen=True)
class _Known:
    """What the directory says of itself: its name, where to send a browser, where a code is redeemed, and its keys."""

    issuer: str
    authorize: str
    token: str
    keys: str


def return_address() -> str:
    """Give the address to which the directory sends browsers back; it must be told it beforehand."""
    return f"{settings().site_address}{RETURN}"


async def way_to(directory: Directory, journey: Journey) -> str:
    """Give the address in the directory where a journey goes.

    Raises:
        DirectoryAwayError: the directory cannot be asked.
    """
    async with _asking() as client:
        known = await _known(client, directory)
    asked = {
        "response_type": "code",
        "client_id": directory.client_id,
        "redirect_uri": return_address(),
        "scope": "openid email",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": journey.challenge,
        "code_challenge_method": "S256",
    }
    return f"{known.authorize}{'&' if '?' in known.authorize else '?'}{urlencode(asked)}"


async def who_came_back(directory: Directory, journey: Journey, *, code: str) -> Identity:
    """Redeem the code that came back with a browser, and give who the directory says it is.

    Raises:
        DirectoryAwayError: the directory cannot be asked, or does not take the code.
        StatementWrongError: what it gives cannot be believed.
    """
    handed_in = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": return_address(),
        "code_verifier": journey.verifier,
    }
    # As the standard has it, name and secret are written as in a form before they are joined.
    shown = httpx.BasicAuth(quote(directory.client_id, safe=""), quote(directory.client_secret, safe=""))
    async with _asking() as client:
        known = await _known(client, directory)
        given = await _answer(client, client.build_request("POST", known.token, data=handed_in), auth=shown)
        keys = await _answer(client, client.build_request("GET", known.keys))
    return believed(
        str(given.get("id_token", "")),
        keys=keys,
        issuer=known.issuer,
        client_id=directory.client_id,
        nonce=journey.nonce,
    )


@asynccontextmanager
async def _asking() -> AsyncIterator[httpx.AsyncClient]:
    """Give what asks, for so long in all: a directory that answers a letter at a time is too slow as well."""
    try:
        async with asyncio.timeout(LIMIT), httpx.AsyncClient(verify=_certificates(), timeout=LIMIT) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
        raise DirectoryAwayError(type(error).__name__) from None


async def _known(client: httpx.AsyncClient, directory: Directory) -> _Known:
    """Read what the directory says of itself. It must be the one that is meant, whoever answered."""
    said = await _answer(client, client.build_request("GET", directory.issuer + _METADATA))
    known = _Known(
        *(str(said.get(name, "")) for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"))
    )
    if known.issuer.rstrip("/") != directory.issuer:
        raise DirectoryAwayError("it calls itself by another address than CHARTER_OPENID_ISSUER")
    if not all(map(safe_address, (known.authorize, known.token, known.keys))):
        raise DirectoryAwayError("it names addresses that are not safe")
    return known


async def _answer(
    client: httpx.AsyncClient, request: httpx.Request, *, auth: httpx.Auth | None = None
) -> dict[str, object]:
    """Give an answer in JSON. It is taken as it comes: what is packed could be much larger than it looks."""
    request.headers["accept-encoding"] = "identity"
    response = await client.send(request, auth=auth, stream=True)
    try:
        if response.status_code != httpx.codes.OK:
            raise DirectoryAwayError(f"it answered {response.status_code}")
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > _LARGEST:
                raise DirectoryAwayError("it answered too much")
    finally:
        await response.aclose()
    said = json.loads(body)
    if not isinstance(said, dict):
        raise DirectoryAwayError("it answered no object")
    return said


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificates of the world once: that takes longer than a request."""
    return httpx.create_ssl_context()
