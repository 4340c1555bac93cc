"""Connecting to public servers only: the address that was checked is the one that is connected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from typing import Any

from requests.adapters import HTTPAdapter
from typing_extensions import override
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# By these an IPv6 address stands for an IPv4 one that a gateway connects to.
_GATEWAYS = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))


class NotPublic(Exception):
    """A name that leads to this machine or its own network."""


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if any(address in network for network in _GATEWAYS):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(inner):
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


class PublicOnly(HTTPAdapter):
    """Connects to public addresses, and to the hosts that the operator allows."""

    def __init__(self, allowed: Collection[str]) -> None:
        self.allowed = {name.lower() for name in allowed}
        super().__init__()

    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: Any = self.poolmanager
        manager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, self.allowed),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, self.allowed),
        }


def _pool(pool: Any, connection: Any, allowed: set[str]) -> Any:
    class Connection(connection):
        def _new_conn(self) -> socket.socket:
            # A name may have another address the next time that it is asked for.
            return _connect(self, allowed)

    class Pool(pool):
        ConnectionCls = Connection

    return Pool


def _connect(connection: Any, allowed: set[str]) -> socket.socket:
    host, port = connection._dns_host, connection.port
    names = {host.lower(), f"{host}:{port}".lower()}
    try:
        addresses = [host] if names & allowed else checked(host, port)
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
