"""The real proxy with the configuration that the product ships, in front of servers on this machine."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.http.serving import ROOT, free_port

SHIPPED = ROOT / "charter" / "deployment"
# Where the proxy comes from, as one on another machine would: servers believe this machine's usual address anyway.
PROXY_ADDRESS = "127.0.0.3"
_START_SECONDS = 20


@dataclass(frozen=True)
class Proxy:
    """A running proxy: where it is, and the folder in which it writes its logs."""

    address: str
    secure_address: str
    folder: Path

    def log(self) -> str:
        """Give everything that it has written."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.log")))


def nginx() -> str:
    """Find the program; where it is not, the test is left out by name."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        pytest.skip("nginx is not on this machine")
    return found


@contextmanager
def proxying(folder: Path, servers: Sequence[str], *, listen: str = "http") -> Iterator[Proxy]:
    """Start the proxy as compose.yaml does, but for the places of its files, its ports and the servers' addresses.

    Args:
        folder: an empty folder.
        servers: where the servers are, as host and port.
        listen: `http` or `https`, which takes a certificate from the folder `certificates`.
    """
    program, ports = nginx(), (free_port(), free_port())
    _lay(folder, servers, listen, ports)
    process = subprocess.Popen(  # noqa: S603 - the program that was found, with words of our own
        [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"],
        stderr=subprocess.PIPE,
    )
    proxy = Proxy(f"http://127.0.0.1:{ports[0]}", f"https://127.0.0.1:{ports[1]}", folder)
    try:
        _wait_until_it_answers(proxy, process)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)


def _lay(folder: Path, servers: Sequence[str], listen: str, ports: tuple[int, int]) -> None:
    """Lay the shipped files, each change of which is the least that lets them run here."""
    text = (SHIPPED / "servers-containers.conf").read_text(encoding="utf-8")
    lines = re.findall(r"    server .*;\n", text)
    assert len(lines) == len(servers)
    for line, server in zip(lines, servers, strict=True):
        text = text.replace(line, re.sub(r"server \S+", f"server {server}", line))
    (folder / "servers.conf").write_text(text, encoding="utf-8")
    sources = {"nginx.conf": "nginx.conf", "site.conf": "site.conf", f"listen-{listen}.conf": "listen.conf"}
    for source, name in sources.items():
        text = (SHIPPED / source).read_text(encoding="utf-8")
        for place in ("/etc/nginx/charter", "/etc/nginx", "/var/log/nginx", "/tmp"):  # noqa: S108 - of the container
            text = text.replace(f"{place}/", f"{folder}/")
        for usual, port in (("80", ports[0]), ("443", ports[1])):
            text = re.sub(rf"listen (\[::\]:)?{usual}\b", rf"listen \g<1>{port}", text)
        if name == "site.conf":
            text = text.replace(
                "    proxy_http_version 1.1;", f"    proxy_http_version 1.1;\n    proxy_bind {PROXY_ADDRESS};"
            )
        (folder / name).write_text(text, encoding="utf-8")


def _wait_until_it_answers(proxy: Proxy, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            httpx.get(f"{proxy.address}/_stcore/metrics", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    raise AssertionError(f"the proxy did not answer: {(process.communicate()[1] or b'').decode()}")
