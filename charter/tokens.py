"""Random tokens, and the keyed digests of them that the store keeps in their place."""

import hmac
import secrets

from charter.settings import secret_key

_TOKEN_BYTES = 32  # 256 bits: beyond guessing
_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another when it is read out


def new_token() -> str:
    """Make a random token of 43 characters that are safe in an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def readable() -> str:
    """Make a reference of 8 random letters and digits that can be read out over the telephone."""
    return "".join(secrets.choice(_READABLE) for _ in range(8))


def digest(text: str) -> str:
    """Give the digest of a token, or of a name that was typed, as 64 hexadecimal characters.

    It is keyed with the secret key, so that a copy of the store alone lets nobody try tokens or names against it.
    """
    return hmac.new(secret_key(), text.encode(), "sha256").hexdigest()
