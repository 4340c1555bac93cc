"""Ports on loopback: which are free, and which this clone uses."""

from __future__ import annotations

import errno
import hashlib
import socket
from collections.abc import Callable, Mapping, Sequence

from .errors import StackError

# Below the range from which Linux takes ports for outgoing connections.
FIRST, LAST = 20_000, 32_000


def is_free(port: int) -> bool:
    """Say whether a server of ours could listen on this port now."""
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise StackError(
                    f"Port {port} is open to root only. Choose one from 1024 on: PORTAL_PORT=5001 bin/portal"
                ) from error
            return False
    return True


def parse(text: str, name: str) -> int:
    """Return a port number given by a person."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65_536:
        raise StackError(f"{name} must be a port number from 1 to 65535, for example {name}=5001.")
    return int(text)


def choose(
    names: Sequence[str],
    remembered: Mapping[str, int],
    seed: str,
    free: Callable[[int], bool] = is_free,
) -> dict[str, int]:
    """Choose a port for each server: the remembered one where it is free, else the next free one.

    Args:
        names: The servers.
        remembered: Ports of an earlier start.
        seed: Text that differs between clones, so that they start looking at different places.
        free: Says whether a port is free.
    """
    start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) % (LAST - FIRST)
    chosen: dict[str, int] = {}
    for name in names:
        tries = [remembered[name]] if name in remembered else []
        tries += [FIRST + (start + step) % (LAST - FIRST) for step in range(LAST - FIRST)]
        for port in tries:
            if port not in chosen.values() and free(port):
                chosen[name] = port
                break
        else:
            raise StackError("No port is free on 127.0.0.1. End programs that are not needed and try again.")
    return chosen
