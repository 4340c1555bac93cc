"""Connecting to public servers only: the address that was checked is the one that is connected to."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# By these an IPv6 address stands for an IPv4 one: a gateway connects to it, or, of old, the machine itself.
_STANDING_FOR = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


class NotPublic(Exception):
    """A name that leads to this machine or its own network."""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if any(address in network for network in _STANDING_FOR):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.is_site_local or (inner is not None and not is_public(inner)):
            return False
    return address.is_global and not address.is_multicast


def checked(host: str, port: int) -> list[str]:
    """Return the addresses that a host has.

    Raises:
        NotPublic: one of them is not public.
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(is_public(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
        raise NotPublic
    return addresses


class Guarded(HTTPAdapter):
    """Connects to public addresses, and to the hosts that the operator allows; cuts what takes too long.

    A time limit of a socket begins anew with every byte: who sends one now and then is never too late for it. So
    there is a clock beside it, which ends the connection itself.
    """

    def __init__(self, allowed: Collection[str] | None) -> None:
        """Take the hosts that may lie in the portal's own network; None for all."""
        self.allowed = None if allowed is None else {name.lower() for name in allowed}
        self.handles: set[socket.socket] = set()
        self.ended: list[socket.socket] = []
        super().__init__()

    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: Any = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, self),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, self),
        }

    def cut(self) -> None:
        """End all connections, whatever they are waiting for."""
        for handle in list(self.handles):
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def tidy(self) -> None:
        """Let go of connections that have ended."""
        while self.ended:
            handle = self.ended.pop()
            self.handles.discard(handle)
            handle.close()


class Clock:
    """Cuts connections when time is up; ``struck`` tells that it was.

    Args:
        adapters: where the connections are made.
        seconds: how much time there is.
        every: after so many seconds, and again after as many more, ``ask`` is called.
        ask: says by an exception that there is no more time already. It goes to whoever uses the connections.
    """

    def __init__(
        self, adapters: Iterable[Guarded], seconds: float, every: float, ask: Callable[[], None]
    ) -> None:
        self.struck = False
        self._adapters = list(adapters)
        self._until = time.monotonic() + seconds
        self._every = every
        self._ask = ask
        self._refusal: BaseException | None = None
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def __enter__(self) -> Clock:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        # What it cuts from now on would be connections that are used for something else.
        self._thread.join()
        for adapter in self._adapters:
            adapter.tidy()
        if self._refusal:
            raise self._refusal

    def _run(self) -> None:
        while not self._done.wait(max(0.0, min(self._every, self._until - time.monotonic()))):
            if time.monotonic() >= self._until:
                self.struck = True
            else:
                try:
                    self._ask()
                except BaseException as error:
                    self._refusal = error
            if self.struck or self._refusal:
                for adapter in self._adapters:
                    adapter.cut()
                return


def _pool(pool: Any, connection: Any, adapter: Guarded) -> Any:
    class Connection(connection):
        def _new_conn(self) -> socket.socket:
            # A name may have another address the next time that it is asked for.
            made = _connect(self, adapter.allowed)
            # Of TLS the socket itself goes into another object; a second handle on it stays ours.
            self.handle = made.dup()
            adapter.handles.add(self.handle)
            return made

        def close(self) -> None:
            super().close()
            # The answer may still be read after this, where the server is to end the connection.
            if handle := self.__dict__.pop("handle", None):
                adapter.ended.append(handle)

    class Pool(pool):
        ConnectionCls = Connection

    return Pool


def _connect(connection: Any, allowed: set[str] | None) -> socket.socket:
    host, port = connection._dns_host, connection.port
    names = {host.lower(), f"{host}:{port}".lower()}
    try:
        addresses = [host] if allowed is None or names & allowed else checked(host, port)
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(connection, "The name has no address.") from error
    for number, address in enumerate(addresses, start=1):
        try:
            return create_connection(
                (address, port),
                connection.timeout,
                source_address=connection.source_address,
                socket_options=connection.socket_options,
            )
        except OSError as error:
            if number == len(addresses):
                raise NewConnectionError(connection, "No address of the host answers.") from error
    raise NewConnectionError(connection, "The name has no address.")
