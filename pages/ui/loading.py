"""Loading what the pages use before anybody asks for one."""

import importlib
import logging
import pkgutil

import pages.ui


def load_all() -> None:
    """Import everything that the pages share, with the libraries behind it, so that the first visitor need not wait."""
    # Parts of streamlit-authenticator look for a running page when they are imported, and warn that there is none.
    warning = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    warning.addFilter(_nothing)
    try:
        for module in pkgutil.walk_packages(pages.ui.__path__, f"{pages.ui.__name__}."):
            importlib.import_module(module.name)
    finally:
        warning.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
