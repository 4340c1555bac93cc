"""Errors of the database: they say nothing of the work in hand, and are for whoever can do it again."""

from __future__ import annotations

import logging

import ckan.model as model
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

log = logging.getLogger(__name__)

# PostgreSQL's class of what is larger than it takes. That is the record's fault, though its driver says "operational".
_TOO_LARGE = "54"


def is_outage(error: Exception) -> bool:
    """Tell whether an error says nothing of the work in hand: the database is away, or others hold it up."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    code = getattr(error.orig, "pgcode", None) or ""
    return isinstance(error, OperationalError) and not code.startswith(_TOO_LARGE)


def give_way(error: Exception, doing: str) -> None:
    """Put the session in order after an error in one record; pass on an error of the database.

    The error's text is never logged: it may repeat what the record says.
    """
    model.Session.rollback()
    log.warning("Could not %s: %s", doing, type(error).__name__)
    if is_outage(error):
        raise error
