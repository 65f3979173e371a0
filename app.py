"""The application: settings, start-up, the pages and the routes beside them."""

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from charter.readiness import PREPARATION
from charter.settings import SettingWrongError, prepare_data_dir, secret_key, settings
from charter.worker import WORKER
from db.migrations.running import StoreBrokenError, StoreNewerError
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from pages.ui import failure, loading

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
# It would write a line for each look at the migrations' state.
logging.getLogger("alembic.runtime.migration").setLevel(logging.WARNING)
try:
    settings()
    prepare_data_dir()
    secret_key()
except SettingWrongError as wrong:
    sys.exit(str(wrong))
failure.quiet_streamlit()

# A proxy on this machine is believed about where a request came from, in every way that its address is written. For a
# proxy elsewhere the server itself reads FORWARDED_ALLOW_IPS.
_THIS_MACHINE = ["127.0.0.1", "::1", "::ffff:127.0.0.1"]


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare the store before the first request is answered."""
    try:
        await to_thread.run_sync(PREPARATION.start)
    except (StoreNewerError, StoreBrokenError) as error:
        # An exception from here would end the server too, but with a traceback in place of the one line.
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(1)
    # Streamlit collects garbage in full after every run. What is loaded by now stays for good: frozen, it is not
    # gone through each time, which takes most of the time of a small page away.
    await to_thread.run_sync(loading.load_all)
    gc.collect()
    gc.freeze()
    WORKER.start()
    yield
    await to_thread.run_sync(WORKER.stop)
    PREPARATION.stop()


app = st.App(
    "pages/site.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(ProxyHeadersMiddleware, trusted_hosts=_THIS_MACHINE), Middleware(OutermostMiddleware)],
    on_script_error=failure.show,
)
