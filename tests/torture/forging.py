"""Tokens that nobody was given: made up, of other kinds, and out of what a thief of the store would find."""

import base64
import hmac
import json
import secrets
from collections.abc import Callable

from tests.torture.attacking import Person, digests, near


def forged(person: Person, number: int) -> str:
    """Give a token that somebody might try in place of a person's; each kind in its turn."""
    return _KINDS[number % len(_KINDS)](person)


_YEAR_2100 = 4_102_444_800  # seconds since 1970


def _json_web_token(
    head: dict[str, str], person: Person, *, key: bytes | None = None, expires: int = 4102444800
) -> str:
    claims = {"sub": str(person.account_id), "email": person.email, "username": person.email, "exp_date": expires}
    parts = [_part({"typ": "JWT", **head}), _part({**claims, "exp": expires, "role": "administrator"})]
    signed = hmac.new(key, ".".join(parts).encode(), "sha256").digest() if key is not None else b""
    return ".".join([*parts, base64.urlsafe_b64encode(signed).rstrip(b"=").decode()])


def _part(content: dict[str, object] | dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _of_the_store(_person: Person) -> str:
    return secrets.choice(digests())


_KINDS: tuple[Callable[[Person], str], ...] = (
    lambda _: secrets.token_urlsafe(32),
    lambda person: near(person.token),
    lambda person: person.token[:-1],
    lambda person: person.token + "A",
    lambda person: person.token.swapcase(),
    lambda person: _json_web_token({"alg": "none"}, person),
    lambda person: _json_web_token({"alg": "NoNe"}, person).rstrip("."),
    lambda person: _json_web_token({"alg": "HS256"}, person, key=b""),
    lambda person: _json_web_token({"alg": "HS256"}, person, key=b"secret"),
    lambda person: _json_web_token({"alg": "HS256"}, person, key=person.token.encode(), expires=1),
    _of_the_store,
    lambda person: str(person.account_id),
    lambda person: person.email,
    lambda person: base64.b64encode(f"{person.email}:1".encode()).decode(),
    lambda _: "' OR '1'='1",
    lambda _: "%",
    lambda _: "null",
    lambda _: "undefined",
    lambda _: "0",
    lambda _: "\N{SNOWMAN}" * 20,
    lambda _: "A" * 5_000,
)
