"""The embedded queue: one server a directory, nothing lost when it is killed, found again however deep it lies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from office.embedded import EmbeddedValkey, EmbeddedValkeyInUseError, socket_path, start_valkey


@contextmanager
def _valkey(directory: Path) -> Iterator[EmbeddedValkey]:
    server = start_valkey(directory)
    try:
        yield server
    finally:
        server.stop()


def test_a_killed_server_keeps_what_was_queued(tmp_path: Path) -> None:
    with _valkey(tmp_path) as server:
        client = redis.Redis.from_url(server.url)
        client.rpush("queue", "a letter")
        client.execute_command("WAITAOF", 1, 0, 5000)
        server.process.kill()
        server.process.wait()
    with _valkey(tmp_path) as server:
        assert redis.Redis.from_url(server.url).lrange("queue", 0, -1) == [b"a letter"]


def test_a_second_server_on_the_same_directory_is_refused(tmp_path: Path) -> None:
    with _valkey(tmp_path) as first:
        with pytest.raises(EmbeddedValkeyInUseError):
            start_valkey(tmp_path)
        assert redis.Redis.from_url(first.url).ping()


def test_a_directory_too_deep_for_a_socket_gets_one_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("ลึก" * 20)
    with _valkey(deep) as server:
        assert redis.Redis.from_url(server.url).ping()
        assert server.socket == socket_path(deep)
        assert not server.socket.is_relative_to(tmp_path)
    assert (deep / "appendonlydir").is_dir()


def test_the_server_opens_no_port(tmp_path: Path) -> None:
    with _valkey(tmp_path) as server:
        assert redis.Redis.from_url(server.url).config_get("port") == {"port": "0"}
