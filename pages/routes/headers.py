"""The headers that every answer carries."""

import base64
import hashlib
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from charter.settings import settings

CONTENT_POLICY = "content-security-policy"
# For a file that people sent: whatever is in it, a browser that shows it all the same runs and fetches nothing.
NOTHING_RUNS = "default-src 'none'; sandbox; frame-ancestors 'none'"
# A policy of a route's own is kept where it begins with this: it allows no more than the site's own does.
CLOSED = "default-src 'none'"
FRAMES = "x-frame-options"
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_YEAR = 365 * 24 * 60 * 60  # seconds


@lru_cache
def security_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Give the headers, made once: they depend on the settings and on Streamlit's version alone."""
    headers = {
        CONTENT_POLICY: _content_policy(),
        "x-content-type-options": "nosniff",
        FRAMES: "DENY",
        # The address of a page may hold a one-time token, so it is told to no other site.
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if settings().site_address.startswith("https://"):
        headers["strict-transport-security"] = f"max-age={_YEAR}; includeSubDomains"
    return tuple((name.encode(), value.encode()) for name, value in headers.items())


def static_folder() -> Path:
    """Give the folder of Streamlit's own page and scripts, without importing Streamlit."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise RuntimeError("Streamlit is not installed")
    return Path(found.origin).parent / "static"


def _content_policy() -> str:
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *_inline_script_hashes())),
            # Streamlit and its charts style elements directly; a style cannot run anything.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _inline_script_hashes() -> list[str]:
    """Give the hash of each script that stands in Streamlit's page itself: it changes with its version."""
    page = (static_folder() / "index.html").read_bytes()
    digests = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
    return [f"'sha256-{digest}'" for digest in digests]
