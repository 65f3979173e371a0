"""The directory that people may sign in with, as the settings name it."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

SECRET_FILE = "openid-client-secret"  # noqa: S105 - the name of a file in the data folder
_OTHERS = 0o077  # anybody but the file's owner
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
BUTTON = "Sign in with your organisation"
_LONGEST = 300  # characters, as in the store


@dataclass(frozen=True)
class Directory:
    """An organisation's own directory.

    Attributes:
        issuer: the address that it calls itself by, without a slash at the end.
        client_id: the name by which it knows this site.
        client_secret: what this site shows it to be believed.
        button: the words on the button.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    button: str


def read_directory(*, issuer: str, client_id: str, secret: str, button: str, folder: Path) -> Directory | None:
    """Give the directory that the settings name, or None where they name none.

    Args:
        issuer: as `CHARTER_OPENID_ISSUER` says.
        client_id: as `CHARTER_OPENID_CLIENT_ID` says.
        secret: as `CHARTER_OPENID_CLIENT_SECRET` says; if empty, it is read from a file in the data folder.
        button: as `CHARTER_OPENID_BUTTON` says; there are words for an empty one.
        folder: the data folder.

    Raises:
        ValueError: it is named by half. The message begins with the name of the setting that lacks or is wrong.
    """
    if not (issuer or client_id or secret or button):
        return None
    if not issuer:
        raise ValueError("CHARTER_OPENID_ISSUER: set the directory’s address too, or none of CHARTER_OPENID_…")
    if not safe_address(issuer) or len(issuer) > _LONGEST:
        raise ValueError("CHARTER_OPENID_ISSUER: the address must begin with https://")
    if not client_id:
        raise ValueError("CHARTER_OPENID_CLIENT_ID: set the name by which the directory knows this site")
    kept = secret or _secret_in(folder / SECRET_FILE)
    return Directory(issuer.rstrip("/"), client_id, kept, button or BUTTON)


def safe_address(address: str) -> bool:
    """Tell whether a secret may go to an address: by https, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    )


def _secret_in(path: Path) -> str:
    name = "CHARTER_OPENID_CLIENT_SECRET"
    try:
        with path.open(encoding="utf-8") as file:
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise ValueError(f"{name}: others can read the file {path}; have it be its owner’s alone (chmod 600)")
            kept = file.read().strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if not kept:
        raise ValueError(f"{name}: set it, or put it in the file {path}")
    return kept
