"""What is loaded when the site or a command starts: not the libraries that files are made with, which take seconds."""

import subprocess
import sys

from tests.running import ROOT

_ONLY_FOR_FILES = ("docx", "gptables", "pptx", "typst", "vl_convert")
# The routes, every command, and all that pages share: what the site loads before its first answer.
_START = """
import logging, sys
logging.disable()
import pages.routes.table, charter.__main__
from pages.ui import loading
loading.load_all()
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_neither_the_site_nor_a_command_loads_at_its_start_what_only_files_are_made_with() -> None:
    started = subprocess.run([sys.executable, "-c", _START], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    loaded = started.stdout.split()
    assert {"loaded:", "streamlit", "typer", "starlette"} <= set(loaded), "what starts is loaded"
    assert set(_ONLY_FOR_FILES).isdisjoint(loaded)
