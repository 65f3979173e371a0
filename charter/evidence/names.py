"""Names of files, made safe: for every computer, and so that none says that it is another kind of file than it is."""

import re
import unicodedata

NAME_LIMIT = 120  # letters, with the ending
_UNFIT = re.compile(r'[<>:"|?*;%\x00-\x1f\x7f]+')
# Control and formatting characters cannot be seen: one of them turns "fdp.exe" round. Half a pair is no character.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # what Windows takes for a device


def safe_name(given: str, ending: str) -> str:
    """Make a file's name safe to keep and to save under.

    Folders before it go, and so does the ending that it came with: it gets that of what the file is.

    Args:
        given: the name that came with the file.
        ending: the ending that it gets, with its dot, such as `.pdf`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", " ".join(_UNFIT.sub("-", seen).split()))
    stem = stem[: NAME_LIMIT - len(ending)].strip(" .-")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"file-{stem}".strip("-")
    return f"{stem}{ending}"
