"""The outbox: letters as files in the data folder, which their owner alone can read, until they are sent."""

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from charter.mail.letters import Letter
from charter.settings import prepare_data_dir

_FOLDER = "outbox"
_OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


def outbox_folder() -> Path:
    """Give the outbox, made for its owner alone if it is not there."""
    folder = prepare_data_dir() / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def letter_path(message_id: str) -> Path:
    """Give the place of a letter, whether it is there or not."""
    name = hashlib.sha256(message_id.encode()).hexdigest()[:40]
    return outbox_folder() / f"{name}.eml"


def keep(letter: Letter) -> None:
    """Lay a letter into the outbox.

    Raises:
        OSError: the disk is full, or the folder cannot be written to.
    """
    path = letter_path(letter.message_id)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "wb") as file:
        file.write(letter.content)


def is_kept(message_id: str) -> bool:
    """Tell whether a letter is in the outbox."""
    return letter_path(message_id).is_file()


def content_of(message_id: str) -> bytes | None:
    """Give a letter as it was kept, or None where it is not there any more."""
    try:
        return letter_path(message_id).read_bytes()
    except FileNotFoundError:
        return None


def take_out(message_id: str) -> bool:
    """Take a letter out of the outbox for good, and tell whether it was there."""
    path = letter_path(message_id)
    was_there = path.is_file()
    path.unlink(missing_ok=True)
    return was_there


def kept_letters() -> Iterator[tuple[Path, datetime]]:
    """Give each letter's place, and since when it has been there."""
    for path in outbox_folder().glob("*.eml"):
        try:
            yield path, datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:  # it was sent a moment ago
            continue
