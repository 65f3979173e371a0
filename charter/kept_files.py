"""Files that the store keeps whole: given out only if their bytes are still those that were taken in."""

import hashlib
import logging

from charter.rules.refusals import DamagedError

_log = logging.getLogger("charter")


def require_whole(content: bytes, *, sha256: str, what: str, words: str) -> None:
    """Refuse to give out bytes that are not those that were taken in, and tell the operator by the log.

    Args:
        content: the bytes as they are kept now.
        sha256: the digest of those that were taken in.
        what: what the file is, for the log, such as "the file of EV-1". Nothing that anybody typed.
        words: what the person who asks for it is told, and what they can do.

    Raises:
        DamagedError: they differ.
    """
    if hashlib.sha256(content).hexdigest() != sha256:
        _log.error("damaged: %s is not as it was taken in; a backup may hold it", what)
        raise DamagedError(words)
