"""What a person sees when a page fails: a code to quote and what to do, and never what went wrong inside."""

import logging

import streamlit as st
import streamlit.logger

from charter.incidents import report, store_is_away
from charter.logs import gather_loggers


def show(error: Exception) -> bool:
    """Write the error to the log under an id, show the id, and keep Streamlit from showing the error itself."""
    incident = report(error)
    if store_is_away(error):
        said = "We cannot reach our records just now. What you saved is safe. Wait a minute, then load the page again."
    else:
        said = "Something went wrong. It is our fault, not yours. What you saved is safe. Load the page again."
    st.error(f"{said} If it happens again, tell the person who runs the review this code: {incident}.")
    return True


def quiet_streamlit() -> None:
    """Keep Streamlit's own log of a failed page out, and have the rest of its lines written as all others are.

    Its account of a failed page holds the error's text, and with it what people typed.
    """
    logging.getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)
    # It gives each logger a handler of its own, also to those that are made later.
    streamlit.logger.setup_formatter = _as_all_others
    gather_loggers()


def _as_all_others(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True
