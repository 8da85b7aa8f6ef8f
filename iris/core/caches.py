"""The cache in Valkey, with one client for each server instead of a new one for each call."""

from functools import cached_property
from typing import Any

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


class Cache(RedisCache):
    """Django's cache with kept clients."""

    @cached_property
    def _cache(self) -> _Client:
        return _Client(self._servers, **self._options)  # type: ignore[attr-defined] # the stubs leave them out
