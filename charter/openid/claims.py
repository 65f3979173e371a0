"""What the directory says of a person: a signed statement (ID token), each part of which is checked first."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

import jwt

# Each has a key that only the directory holds. `none` has no key at all, and what is signed with a shared secret, as by
# HS256, could be signed by whoever reads that secret, or with the directory's public key in its place.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_KINDS_OF_KEYS = frozenset({"RSA", "EC", "OKP"})
_CLOCKS_APART = 60  # seconds between the directory's clock and ours
_NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
_LONGEST_SUBJECT = 255  # characters, as the standard says
# Where it is asked to, Microsoft's directory says by this claim what the standard says by `email_verified`, and not
# always in one way.
_MICROSOFTS, _YES = "xms_edov", (True, "1", "true")


class StatementWrongError(Exception):
    """The statement cannot be believed. The message is for the log, and holds nothing of the statement."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is in the directory.

    Attributes:
        issuer: the directory, without a slash at the end.
        subject: who it is there, for good.
        email: their e-mail address in lower case; empty where the directory does not say that it is theirs.
    """

    issuer: str
    subject: str
    email: str


def believed(statement: str, *, keys: object, issuer: str, client_id: str, nonce: str) -> Identity:
    """Give who a statement is about.

    Args:
        statement: the ID token as the directory gave it.
        keys: the directory's public keys, as it shows them.
        issuer: the directory, as it names itself.
        client_id: the name by which it knows this site, for which the statement must be made.
        nonce: what this browser's journey sent along.

    Raises:
        StatementWrongError: it is not signed by the directory, not for this site or this journey, or too old.
    """
    try:
        key = _key(keys, jwt.get_unverified_header(statement).get("kid"))
        claims = jwt.decode(
            statement,
            key.key,
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=_CLOCKS_APART,
            options={"require": _NEEDED},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise StatementWrongError(type(error).__name__) from None
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise StatementWrongError("made for another journey")
    if claims.get("azp", client_id) != client_id:
        raise StatementWrongError("handed to another site")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise StatementWrongError("of nobody")
    return Identity(issuer.rstrip("/"), subject, _email(claims))


def _key(keys: object, name: object) -> jwt.PyJWK:
    """Give the key by its name; where the statement names none, the directory may have one key alone."""
    listed = keys.get("keys") if isinstance(keys, Mapping) else None
    found = [each for each in listed if _may_sign(each, name)] if isinstance(listed, list) else []
    if len(found) != 1:
        raise StatementWrongError("signed with no key of the directory")
    return jwt.PyJWK(found[0])


def _may_sign(key: object, name: object) -> bool:
    return (
        isinstance(key, dict)
        and key.get("kty") in _KINDS_OF_KEYS
        and key.get("use", "sig") == "sig"
        and (name is None or key.get("kid") == name)
    )


def _email(claims: Mapping[str, object]) -> str:
    """Give the e-mail address, if the directory has made sure that it is the person's own: anybody can write one in."""
    email = claims.get("email")
    verified = claims["email_verified"] is True if "email_verified" in claims else claims.get(_MICROSOFTS) in _YES
    return email.strip().lower() if isinstance(email, str) and verified else ""
