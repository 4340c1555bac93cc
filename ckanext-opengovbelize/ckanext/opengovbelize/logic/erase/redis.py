"""Erasing in Redis: queues, jobs, caches. Each is made again when needed, so what holds the text goes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

from ckan.lib.redis import connect_to_redis

from .phrase import Phrase
from .report import REMOVED, Finding

_PAGE = 500


def erase(phrase: Phrase, dry_run: bool) -> list[Finding]:
    """Remove every key or list item that holds the phrase.

    Returns:
        One finding for each key.
    """
    redis: Any = connect_to_redis()
    findings = []
    for key in list(redis.scan_iter(count=_PAGE)):
        parts = list(_parts(redis, key))
        held = [(part, count) for part in parts if (count := _count(phrase, part[0]))]
        in_name = _count(phrase, key)
        if not held and not in_name:
            continue
        if not dry_run:
            _remove(redis, key, [] if in_name else [part for part, _ in held])
        where = phrase.replace(key.decode(errors="replace"))[0]
        findings.append(Finding("redis", where, in_name + sum(count for _, count in held), REMOVED))
    return findings


def _parts(redis: Any, key: bytes) -> Iterator[tuple[bytes, Callable[[], Any] | None]]:
    """Return each value under a key, with what removes it alone; None where the key goes as a whole."""
    match redis.type(key):
        case b"string":
            yield redis.get(key) or b"", None
        case b"hash":
            yield b" ".join(part for pair in redis.hgetall(key).items() for part in _texts(pair)), None
        case b"list":
            for item in redis.lrange(key, 0, -1):
                yield item, lambda item=item: redis.lrem(key, 0, item)
        case b"set":
            for item in redis.smembers(key):
                yield item, lambda item=item: redis.srem(key, item)
        case b"zset":
            for item in redis.zrange(key, 0, -1):
                yield item, lambda item=item: redis.zrem(key, item)
        case b"stream":
            for entry, fields in redis.xrange(key):
                text = b" ".join(part for pair in fields.items() for part in pair)
                yield text, lambda entry=entry: redis.xdel(key, entry)
        case _:
            return


def _texts(pair: tuple[bytes, bytes]) -> Iterator[bytes]:
    """Return a field's name and value; background jobs keep theirs compressed."""
    for part in pair:
        try:
            yield zlib.decompress(part)
        except zlib.error:
            yield part


def _count(phrase: Phrase, value: bytes) -> int:
    return phrase.replace(value.decode("utf-8", errors="replace"))[1]


def _remove(redis: Any, key: bytes, parts: list[tuple[bytes, Callable[[], Any] | None]]) -> None:
    if not parts or any(remove is None for _, remove in parts):
        redis.delete(key)
        return
    for _, remove in parts:
        assert remove is not None
        remove()
