"""What an office says in its environment gives the configuration it means."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import environ
import pytest
import sentry_sdk
from celery import Celery
from django.conf import settings as configured
from django.core.exceptions import ImproperlyConfigured
from limits.storage import storage_from_string
from limits.storage.redis_sentinel import RedisSentinelStorage
from redis.sentinel import SentinelConnectionPool
from storages.backends.s3 import S3Storage

from config.celery import app
from office import replica, servers
from office.cache import RedisOrMemoryCache
from office.models import Matter

SETTINGS = Path(configured.BASE_DIR) / "config" / "settings.py"
SENTINELS = "sentinel://:s3cret@one:26379,two:26380/office/2"
POSTGRES = "postgres://prasan@db.example.org:5432/prasan"
Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Read]:
    """The settings as they come out of an environment that holds these variables alone."""

    def settings_of(**variables: str) -> dict[str, Any]:
        for name in list(os.environ):
            if name.isupper() and name not in ("PATH", "HOME"):
                monkeypatch.delenv(name)
        for name, value in {"ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        environ.FileAwareEnv.ENVIRON.files_cache.clear()
        return runpy.run_path(str(SETTINGS))

    yield settings_of
    environ.FileAwareEnv.ENVIRON.files_cache.clear()


def test_a_secret_may_be_given_as_a_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 60)
    said = read(PRODUCTION="1", SECRET_KEY_FILE=str(tmp_path / "key"))
    assert said["SECRET_KEY"] == "k" * 60
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        read(PRODUCTION="1", SECRET_KEY_FILE=os.devnull)


def test_production_writes_json_and_development_text(read: Read) -> None:
    assert read()["LOGGING"]["formatters"]["line"]["shape"] == "text"
    assert read(PRODUCTION="1", SECRET_KEY="k" * 60)["LOGGING"]["formatters"]["line"]["shape"] == "json"
    assert read(LOG_FORMAT="json")["LOGGING"]["formatters"]["line"]["shape"] == "json"


def test_nobody_reads_figures_and_no_sentry_is_told_unless_asked_for(read: Read) -> None:
    said = read()
    assert (said["METRICS_TOKEN"], said["METRICS_ADDRESSES"], said["SENTRY_DSN"]) == ("", [], "")


def test_a_dsn_begins_a_sentry_with_the_version_and_without_people(read: Read) -> None:
    said = read(SENTRY_DSN="https://key@sentry.example.org/1")
    client = sentry_sdk.get_client()
    try:
        assert client.options["release"] == said["RELEASE"] == "1.0.0"
        assert client.options["include_local_variables"] is False
        assert client.options["max_request_body_size"] == "never"
        assert not client.should_send_default_pii()
        assert client.options["before_send"].__name__ == "scrubbed"
    finally:
        client.close(timeout=0)
        sentry_sdk.init()


# ── The database ────────────────────────────────────────────────────────────────────────────


def test_behind_pgbouncer_no_cursor_and_no_setting_outlives_a_transaction(read: Read) -> None:
    plain = read(DATABASE_URL=POSTGRES)["DATABASES"]["default"]
    assert "jit=off" in plain["OPTIONS"]["options"]
    assert plain["DISABLE_SERVER_SIDE_CURSORS"] is False
    pooled = read(DATABASE_URL=POSTGRES, PGBOUNCER="1", CONN_MAX_AGE="0")["DATABASES"]["default"]
    assert "options" not in pooled["OPTIONS"]
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert pooled["CONN_MAX_AGE"] == 0


def test_a_migration_waits_for_its_lock_as_long_as_it_is_told(read: Read) -> None:
    said = read(DATABASE_URL=POSTGRES, LOCK_TIMEOUT_SECONDS="5")["DATABASES"]["default"]
    assert said["OPTIONS"]["options"].endswith("-c lock_timeout=5s")


def test_a_copy_of_the_database_is_read_through_the_router(read: Read) -> None:
    assert "replica" not in read(DATABASE_URL=POSTGRES)["DATABASES"]
    said = read(DATABASE_URL=POSTGRES, DATABASE_REPLICA_URL="postgres://reader@copy.example.org/prasan")
    assert said["DATABASES"]["replica"]["HOST"] == "copy.example.org"
    assert said["DATABASES"]["replica"]["OPTIONS"] == said["DATABASES"]["default"]["OPTIONS"]
    assert said["DATABASE_ROUTERS"] == ["office.replica.ReplicaRouter"]


def test_only_work_that_says_so_reads_the_copy_and_only_until_it_writes() -> None:
    router = replica.ReplicaRouter()
    assert router.db_for_read(Matter) == "default"
    token = replica._reads_there.set(True)
    try:
        assert router.db_for_read(Matter) == "replica"
        assert router.db_for_write(Matter) == "default"
        assert router.db_for_read(Matter) == "default"
    finally:
        replica._reads_there.reset(token)
    assert not router.allow_migrate("replica", "office")
    assert router.allow_relation(Matter(), Matter())


@pytest.mark.django_db
def test_inside_a_transaction_the_original_is_read() -> None:
    token = replica._reads_there.set(True)
    try:
        assert replica.ReplicaRouter().db_for_read(Matter) == "default"
    finally:
        replica._reads_there.reset(token)


def test_without_a_copy_work_that_says_so_reads_the_original(
    django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(1), replica.reading(patience=5):
        assert Matter.objects.count() == 0


# ── Queue and cache ─────────────────────────────────────────────────────────────────────────


def test_sentinels_serve_queue_cache_and_limits(read: Read) -> None:
    said = read(REDIS_URL=SENTINELS)
    assert said["CELERY_BROKER_URL"] == "sentinel://:s3cret@one:26379/2;sentinel://:s3cret@two:26380/2"
    options = said["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert options["master_name"] == "office"
    assert options["sentinel_kwargs"]["password"] == "s3cret"
    assert options["max_retries"] == 0
    queue = Celery(broker=said["CELERY_BROKER_URL"], set_as_current=False)
    queue.conf.broker_transport_options = options
    assert queue.connection().alt == said["CELERY_BROKER_URL"].split(";")

    place = said["CACHES"]["default"]
    cache = RedisOrMemoryCache(place["LOCATION"], {"OPTIONS": place["OPTIONS"]})
    pool = cache._redis._cache._get_connection_pool(write=True)
    assert isinstance(pool, SentinelConnectionPool)
    assert pool.service_name == "office"
    assert pool.connection_kwargs["db"] == 2

    counters = storage_from_string(said["LIMITS_STORAGE_URL"])
    assert isinstance(counters, RedisSentinelStorage)
    assert counters.service_name == "office"


def test_an_address_of_sentinels_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="NAME"):
        servers.sentinels_of("sentinel://one:26379")


def test_rabbitmq_may_carry_the_queue_while_redis_keeps_the_cache(read: Read) -> None:
    said = read(REDIS_URL="redis://cache:6379/0", BROKER_URL="amqps://prasan:word@rabbit.example.org/office")
    assert said["CELERY_BROKER_URL"].startswith("amqps://")
    assert said["CELERY_BROKER_TRANSPORT_OPTIONS"]["confirm_publish"] is True
    assert "visibility_timeout" not in said["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert said["LIMITS_STORAGE_URL"] == "redis://cache:6379/0"
    assert said["CACHES"]["default"]["LOCATION"] == ["redis://cache:6379/0"]


def test_one_redis_and_the_embedded_one_are_written_as_each_part_wants(read: Read) -> None:
    said = read(REDIS_URL="unix:///run/valkey.sock")
    assert said["CELERY_BROKER_URL"] == "redis+socket:///run/valkey.sock"
    assert said["LIMITS_STORAGE_URL"] == "redis+unix:///run/valkey.sock"
    assert said["CELERY_BROKER_TRANSPORT_OPTIONS"]["visibility_timeout"] == 1800
    assert "pool_class" not in said["CACHES"]["default"]["OPTIONS"]


def test_papers_and_what_takes_minutes_have_queues_of_their_own() -> None:
    assert [queue.name for queue in app.conf.task_queues] == ["celery", "papers", "slow"]

    def queue_of(task: str) -> str:
        return str(app.amqp.router.route({}, task)["queue"].name)

    assert queue_of("projectplan.tasks.deliver") == "celery"
    assert queue_of("projectplan.tasks.make_report") == "papers"
    assert queue_of("office.tasks.back_up") == "slow"


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_a_bucket_takes_the_place_of_the_disk_and_nothing_in_it_is_public(read: Read) -> None:
    said = read(S3_BUCKET="office", S3_ENDPOINT_URL="https://s3.example.org", S3_REGION="th-1")
    place = said["STORAGES"]["default"]
    store = S3Storage(**place["OPTIONS"])
    assert place["BACKEND"] == "storages.backends.s3.S3Storage"
    assert (store.bucket_name, store.endpoint_url, store.region_name) == (
        "office",
        "https://s3.example.org",
        "th-1",
    )
    assert store.default_acl == "private"
    assert store.querystring_auth is True
    assert store.file_overwrite is False
    with pytest.raises(NotImplementedError):  # by which office.documents.keep knows an object store
        store.path("a")
    assert "WholeFileStorage" in read()["STORAGES"]["default"]["BACKEND"]


def test_static_files_may_lie_with_the_program(read: Read, tmp_path: Path) -> None:
    assert read(STATIC_ROOT=str(tmp_path / "collected"))["STATIC_ROOT"] == tmp_path / "collected"
