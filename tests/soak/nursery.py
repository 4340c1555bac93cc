"""A process that has loaded CKAN and forks a consumer for every line that it reads: loading takes seconds each time.

``python -m tests.soak.nursery`` reads ``gather`` or ``fetch`` and answers with the consumer's process id.
"""

from __future__ import annotations

import os
import signal
import sys

import ckan.model as model
from ckanext.opengovbelize.cli.consume import KINDS
from ckanext.opengovbelize.harvesters import consumers

from stack.ckan_app import load


def main() -> None:
    """Fork until there is nobody left to read for."""
    load(os.environ["CKAN_INI"])
    # Whoever ends is gone at once, and no zombie.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        # A connection must not be shared.
        model.meta.engine.dispose()  # pyright: ignore[reportOptionalMemberAccess]
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                consumers.run(KINDS[line.strip()])
            finally:
                os._exit(1)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
