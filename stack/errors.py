"""How the stack fails: with one sentence for the person at the terminal."""

from __future__ import annotations

import errno


class StackError(Exception):
    """Something that the operator can mend; its text says what is wrong and what to do."""


def sentence(error: BaseException) -> str:
    """Return one sentence for an operating system's error."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f" (writing {error.filename})" if error.filename else ""
        return f"The disk is full{where}. Free some space and run the same command again; it carries on."
    if isinstance(error, PermissionError):
        return (
            f"{error.filename or 'A file'} may not be used by this user. Run as the one who made the clone."
        )
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is missing. Run the same command again; it puts back what it made."
    return f"{type(error).__name__}: {error}"
