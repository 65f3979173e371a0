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

from charter.logs import OURS, last_line, set_up_logs
from charter.readiness import PREPARATION
from charter.settings import SettingWrongError, prepare_data_dir, secret_key, settings
from charter.worker import WORKER
from db.migrations.running import StoreBrokenError, StoreNewerError
from pages.routes.outermost import OutermostMiddleware
from pages.routes.table import ROUTES
from pages.ui import failure, loading

try:
    settings()
    prepare_data_dir()
    secret_key()
except SettingWrongError as wrong:
    sys.exit(last_line(str(wrong)))
set_up_logs(settings().log)
failure.quiet_streamlit()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare the store before the first request is answered."""
    try:
        await to_thread.run_sync(PREPARATION.start)
    except (StoreNewerError, StoreBrokenError) as error:
        # An exception from here would end the server too, but with a traceback in place of the one line.
        sys.stderr.write(f"{last_line(str(error))}\n")
        sys.stderr.flush()
        os._exit(1)
    # Streamlit collects garbage in full after every run. What is loaded by now stays for good: frozen, it is not
    # gone through each time, which takes most of the time of a small page away.
    await to_thread.run_sync(loading.load_all)
    gc.collect()
    gc.freeze()
    WORKER.start()
    logging.getLogger(OURS).info("the site is open")
    yield
    await to_thread.run_sync(WORKER.stop)
    PREPARATION.stop()


app = st.App(
    "pages/site.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings().trusted_proxies)),
        Middleware(OutermostMiddleware),
    ],
    on_script_error=failure.show,
)
