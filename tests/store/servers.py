"""Servers that come up at once: `python -m tests.store.servers 3 ADDRESS`. Exits with 1 if one of them fails."""

import os
import sys
import traceback

from db.engine import open_engine
from db.migrations.running import upgrade


def start(address: str) -> int:
    """Bring a store up to date in a process of its own, and give the process's number."""
    process = os.fork()
    if process:
        return process
    try:
        upgrade(open_engine(address))
    except Exception:  # noqa: BLE001 - whatever it is, it is told, and this process ends here
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    processes = [start(sys.argv[2]) for _ in range(int(sys.argv[1]))]
    failed = [process for process in processes if os.waitpid(process, 0)[1]]
    sys.exit(1 if failed else 0)
