"""The cache in Valkey: one client for each server instead of a new one for each call, and counting in one step."""

from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _Client(RedisCacheClient):
    """A client costs more to make than a call; it is safe for any number of threads, as its pool is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined] # the stubs leave it out
        client = self._kept.get(id(pool))
        if client is None:
            client = self._kept[id(pool)] = self._client(connection_pool=pool)  # type: ignore[attr-defined] # the stubs leave it out
        return client

    def tally(self, key: str, seconds: int) -> int:
        """Begin at nothing with an end, add one, tell the sum: one message, and nobody comes in between."""
        with self.get_client(key, write=True).pipeline(transaction=True) as step:
            step.set(key, 0, ex=seconds, nx=True)
            step.incr(key)
            return int(step.execute()[1])


class Cache(RedisCache):
    """Django's cache with kept clients."""

    @cached_property
    def _cache(self) -> _Client:
        return _Client(self._servers, **self._options)  # type: ignore[attr-defined] # the stubs leave them out

    def tally(self, name: str, seconds: int) -> int:
        """How often this name was counted, this time included."""
        return self._cache.tally(self.make_and_validate_key(name), seconds)


def tally(name: str, seconds: int) -> int:
    """Count one under a name that is forgotten `seconds` after its first count; how many there are now.

    Whoever counts at the same moment, in any process, is told another number: no two callers are the hundredth.
    """
    counted = getattr(cache, "tally", None)
    if counted is not None:
        return int(counted(name, seconds))
    cache.add(name, 0, timeout=seconds)  # the cache of a single process, as tests have it
    return int(cache.incr(name))
