"""The cache: Redis, and this process's memory while Redis is down, so that sign-in works, and is limited, even then."""

from __future__ import annotations

import logging
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class RedisOrMemoryCache(BaseCache):
    """Every question goes to Redis; one that Redis cannot answer is answered from memory, and logged."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(params)
        self._redis = RedisCache(server, params)
        self._memory = LocMemCache("while-redis-is-down", {})

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(self._redis, method)(*args, **kwargs)
        except RedisError as down:
            logger.warning("Redis is down, the cache answers from memory: %s", type(down).__name__)
            return getattr(self._memory, method)(*args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("delete", *args, **kwargs))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("has_key", *args, **kwargs))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._ask("incr", *args, **kwargs))

    def clear(self) -> None:
        self._ask("clear")

    def put_beside(self, key: str, name: str, text: str, timeout: int) -> dict[str, str]:
        """Put a text under its name beside the others of a key, and return all of them; the key is forgotten after
        `timeout` seconds. One question to Redis, so that of two who ask in the same instant neither is lost."""
        try:
            return self._put_beside_in_redis(key, name, text, timeout)
        except RedisError as down:
            logger.warning("Redis is down, the cache answers from memory: %s", type(down).__name__)
            there: dict[str, str] = self._memory.get(key) or {}
            self._memory.set(key, there | {name: text}, timeout)
            return there | {name: text}

    def _put_beside_in_redis(self, key: str, name: str, text: str, timeout: int) -> dict[str, str]:
        made = self._redis.make_and_validate_key(key)
        with self._redis._cache.get_client(made, write=True).pipeline() as asked:
            asked.hset(made, name, text)
            asked.expire(made, timeout)
            asked.hgetall(made)
            there = asked.execute()[-1]
        return {one.decode(): said.decode() for one, said in there.items()}
