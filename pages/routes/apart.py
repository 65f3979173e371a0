"""Answers that may take a minute to make: they wait for threads of their own, and leave the others to everyone else."""

from collections.abc import Awaitable, Callable
from functools import wraps

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.requests import Request
from starlette.responses import Response

_AT_ONCE = 6


def apart(handler: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Let a handler run in a few threads that are its own.

    Handlers share some forty threads. If as many people asked at once for a file that is still being made, nobody
    could sign in or open their form until it is there.

    Args:
        handler: a plain handler, which may wait for what another has made.
    """
    threads: RunVar[CapacityLimiter] = RunVar(f"threads of {handler.__module__}.{handler.__qualname__}")

    @wraps(handler)
    async def answer(request: Request) -> Response:
        limiter = threads.get(None)
        if limiter is None:
            limiter = CapacityLimiter(_AT_ONCE)
            threads.set(limiter)
        return await to_thread.run_sync(handler, request, limiter=limiter)

    return answer
