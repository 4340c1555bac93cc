"""``python -m stack portal ...`` and ``python -m stack test ...``, as bin/portal and bin/test call it."""

from __future__ import annotations

import signal
import sys

from . import portal, testing
from .errors import StackError, sentence
from .progress import complain


def interrupt(*_: object) -> None:
    """Treat every request to end like Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Run a command; a failure is one sentence and an exit status."""
    # SIGINT too: a shell that starts us in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    command = {"portal": portal.main, "test": testing.main}[sys.argv[1]]
    try:
        return command(sys.argv[2:])
    except KeyboardInterrupt:
        complain("\nInterrupted. The same command carries on where it was.")
        return 130
    except StackError as error:
        complain(f"\n{error}")
        return 1
    except OSError as error:
        complain(f"\n{sentence(error)}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
