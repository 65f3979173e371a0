"""What every answer carries, whatever went right or wrong."""

import base64
import gzip
import hashlib
import re

import httpx
import pytest

from tests.http.conftest import Site

PATHS = [
    ("GET", "/", 200),
    ("GET", "/sign-in", 200),
    ("GET", "/healthz", 200),
    ("GET", "/sign-out", 200),
    ("GET", "/link/unknown", 404),
    ("POST", "/link/unknown", 404),
    ("GET", "/session", 200),
    ("POST", "/session", 403),
    ("POST", "/sign-out", 303),
    ("GET", "/assets/ticket.js", 200),
    ("GET", "/assets/plain.css", 200),
    ("GET", "/assets/source-sans.woff2", 200),
    ("GET", "/assets/unknown.js", 404),
    ("GET", "/assets/%2e%2e%2fsite.css", 400),
    ("GET", "/favicon.png", 200),
    ("GET", "/_stcore/health", 200),
    ("GET", "/_stcore/metrics", 404),
    ("GET", "/_stcore/agent/openapi.json", 404),
    ("POST", "/_stcore/agent/interact", 404),
    ("GET", "/media/unknown", 404),
    ("GET", "//elsewhere.example", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), PATHS)
def test_every_answer_carries_the_headers(site: Site, method: str, path: str, status: int) -> None:
    with site.client() as client:
        answer = client.send(httpx.Request(method, f"{site.address}{path}"))
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert "unsafe" not in scripts[1]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers
    assert "Traceback" not in answer.text


def test_the_policy_allows_the_one_script_that_stands_in_the_page(site: Site) -> None:
    with site.client() as client:
        answer = client.get("/")
    inline = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(inline) == 1
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/healthz", "/link/unknown", "/sign-out", "/session"])
def test_private_answers_are_kept_by_nobody(site: Site, path: str) -> None:
    with site.client() as client:
        answer = client.post(path) if path == "/session" else client.get(path)
    assert answer.headers["cache-control"] == "no-store"


def test_scripts_and_styles_are_compressed(site: Site) -> None:
    with site.client() as client:
        page = client.get("/").text
        names = re.findall(r'"\./(static/[^"]+\.(?:js|css))"', page)
        assert len(names) > 10
        sent, whole = 0, 0
        for name in names:
            answer = client.get(f"/{name}", headers={"accept-encoding": "gzip"})
            plain = client.get(f"/{name}", headers={"accept-encoding": "identity"})
            assert answer.headers["content-encoding"] == "gzip"
            assert answer.headers["vary"] == "Accept-Encoding"
            assert "content-encoding" not in plain.headers
            assert answer.content == plain.content
            assert answer.headers["content-type"].split(";")[0] in {
                "text/javascript",
                "application/javascript",
                "text/css",
            }
            assert "immutable" in answer.headers["cache-control"]
            sent, whole = sent + int(answer.headers["content-length"]), whole + len(plain.content)
    assert sent < whole * 0.4


@pytest.mark.parametrize(
    "path",
    ["/static/../index.html", "/static/%2e%2e/%2e%2e/__init__.py", "/static/js/unknown.js", "/static//etc/passwd"],
)
def test_only_the_listed_files_are_sent_compressed(site: Site, path: str) -> None:
    with site.client() as client:
        answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer.status_code in {200, 400, 404}
    assert "root:" not in answer.text
    assert "Streamlit. " not in answer.text or answer.status_code == 200
    if answer.status_code == 200:
        assert answer.text.lstrip().startswith("<!--")  # the page itself, which says that there is no such page


def test_part_of_a_file_is_sent_as_it_is(site: Site) -> None:
    with site.client() as client:
        name = re.findall(r'"\./(static/[^"]+\.js)"', client.get("/").text)[0]
        answer = client.get(f"/{name}", headers={"range": "bytes=0-9"})
    assert answer.status_code == 206
    assert len(answer.content) == 10
    assert not answer.content.startswith(gzip.compress(b"")[:2])
