"""What the commands that print JSON share."""

from __future__ import annotations

import logging
import sys


def keep_logs_off_output() -> None:
    """Send to standard error what logging would print between us and the program that reads us."""
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    for handler in {handler for logger in loggers for handler in logger.handlers}:
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stdout:
            handler.setStream(sys.stderr)
