"""Locking a backup with a password, in the form of the `age` program, which opens it too: `age --decrypt FILE`.

`pyrage` is the library of `rage`, which is the same form in Rust. It checks every part of a file as it opens it, and
makes guessing passwords slow. A file goes through memory whole.
"""

from pathlib import Path

import pyrage

from charter.rules.refusals import DamagedError, RefusedError

AGE = b"age-encryption.org/"
SHORTEST = 12  # characters of a password, as for accounts
_WRONG_PASSWORD = "Decryption failed"  # noqa: S105 - what the library says of one


def read_password(path: Path, *, new: bool) -> str:
    """Read a password: the first line of a file.

    Args:
        path: the file.
        new: whether a backup is to be locked with it, and not opened.

    Raises:
        RefusedError: there is none in it, or a new one is too short.
        OSError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise RefusedError(f"{path} is not a file of text, so it holds no password. Nothing was changed.") from None
    password = lines[0] if lines else ""
    if not password:
        raise RefusedError(f"The first line of {path} must be the password, and is empty. Nothing was changed.")
    if new and len(password) < SHORTEST:
        raise RefusedError(f"The password in {path} is shorter than {SHORTEST} characters. Nothing was changed.")
    return password


def lock(content: bytes, password: str) -> bytes:
    """Encrypt a backup with a password. It takes about a second, and so does each guess."""
    return bytes(pyrage.passphrase.encrypt(content, password))


def unlock(content: bytes, password: str) -> bytes:
    """Decrypt a backup.

    Raises:
        RefusedError: the password is wrong.
        DamagedError: the file is not whole.
    """
    try:
        return bytes(pyrage.passphrase.decrypt(content, password))
    except pyrage.DecryptError as error:
        if str(error) == _WRONG_PASSWORD:
            # A file that was changed in its first lines cannot be told from a wrong password.
            raise RefusedError("The password does not open this backup. Nothing was changed.") from None
        raise DamagedError("The backup is damaged: it cannot be opened to its end. Nothing was changed.") from None
