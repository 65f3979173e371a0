"""Writing down what a Python process reaches for on the network."""

from pathlib import Path

_SCRIPT = """
import sys

def _watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith("127.") and host not in ("::1", "localhost"):
            with open({path!r}, "a", encoding="utf-8") as log:
                log.write(host + "\\n")

sys.addaudithook(_watch)
"""


class Watch:
    """Watches every process that is started with its settings.

    Attributes:
        settings: what the process needs in its environment: Python runs a module of this name as it starts.
    """

    def __init__(self, folder: Path) -> None:
        self._log = folder / "connections.txt"
        (folder / "sitecustomize.py").write_text(_SCRIPT.format(path=str(self._log)), encoding="utf-8")
        self.settings = {"PYTHONPATH": str(folder)}

    def hosts(self) -> list[str]:
        """Name each other machine that was reached for, in order."""
        return self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
