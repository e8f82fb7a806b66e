"""What lies in deploy/ fits the program: its variables are known, its commands exist, nothing in it is looser than it
says."""

from __future__ import annotations

import json
import logging.config
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

from config.celery import app
from office.upload_limits import most_megabytes

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
ASKED = re.compile(r"env\.[a-z_]+\(\s*[\"']([A-Z0-9_]+)[\"']")
LINE = re.compile(r"^([A-Z][A-Z0-9_]*)=", re.MULTILINE)
OF_OTHERS = {
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "HOSTNAME",
    "PATH",
    "PROMETHEUS_MULTIPROC_DIR",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "XDG_CACHE_HOME",
}
"""Read by Python, by libraries and by programs, not by the settings."""


def known() -> set[str]:
    """Every variable that the settings ask for."""
    return set(ASKED.findall((ROOT / "config" / "settings.py").read_text(encoding="utf-8")))


def known_or_a_file(name: str) -> bool:
    return name in known() | OF_OTHERS or name.removesuffix("_FILE") in known()


def compose() -> dict[str, Any]:
    read = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def ours() -> dict[str, dict[str, Any]]:
    """The services that run our own image."""
    return {name: one for name, one in compose()["services"].items() if one["image"] == "prasan"}


def test_every_variable_of_the_settings_stands_in_the_docs() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md"))
    named = set(re.findall(r"`([A-Z][A-Z0-9_]+)", pages))
    assert len(known()) > 60
    assert known() - named == set()


def test_every_variable_of_the_docs_is_one_of_the_settings() -> None:
    rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / "docs" / "running.md").read_text("utf-8"), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([A-Z0-9_]+)`", row)}
    assert len(named) > 60
    assert named - known() - OF_OTHERS == set()


@pytest.mark.parametrize(
    "path", ["compose/office.env", "systemd/prasan.env", "systemd", "Containerfile"], ids=str
)
def test_every_variable_of_the_files_is_known(path: str) -> None:
    place = DEPLOY / path
    texts = [place.read_text("utf-8")] if place.is_file() else [unit.read_text("utf-8") for unit in UNITS]
    if path == "systemd":
        lines = [line for text in texts for line in re.findall(r"^Environment=(.*)$", text, re.MULTILINE)]
        named = {pair.partition("=")[0] for line in lines for pair in line.split()}
    elif path == "Containerfile":
        named = set(re.findall(r"\b([A-Z][A-Z_]+)=", texts[0]))
    else:
        named = set(LINE.findall(texts[0]))
    assert len(named) > 2
    assert {name for name in named if not known_or_a_file(name)} == set()


def test_every_variable_of_the_services_is_known() -> None:
    named = {name for one in ours().values() for name in one["environment"]}
    assert {name for name in named if not known_or_a_file(name)} == set()


def test_every_secret_is_a_file_and_every_service_has_what_it_names() -> None:
    read = compose()
    for one in read["services"].values():
        files = [value for value in one.get("environment", {}).values() if "/run/secrets/" in str(value)]
        assert {Path(value).name for value in files} <= set(one.get("secrets", []))
        assert set(one.get("secrets", [])) <= set(read["secrets"])
        assert set(one["networks"]) <= set(read["networks"])
        places = {place.partition(":")[0] for place in one.get("volumes", [])}
        assert {place for place in places if not place.startswith(".")} <= set(read["volumes"])
    said = (DEPLOY / "compose" / "office.env").read_text("utf-8")
    assert not re.search(r"(SECRET|KEY|PASSWORD|TOKEN)", said)


def test_our_services_write_only_where_they_must_and_have_no_rights_left() -> None:
    assert len(ours()) == 6
    for one in ours().values():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
    for name, one in compose()["services"].items():
        assert "memory" in one["deploy"]["resources"]["limits"], name
        assert one["restart"] == ("no" if name == "migrate" else "always")
        assert "ports" not in one or name == "proxy"


def test_database_and_queue_are_reached_from_inside_only() -> None:
    services = compose()["services"]
    assert services["postgres"]["networks"] == services["redis"]["networks"] == ["back"]
    assert compose()["networks"]["back"] == {"internal": True}


def test_the_workers_take_every_queue_and_there_is_one_clock() -> None:
    commands = [one["command"] for one in ours().values() if "command" in one]
    taken = {command[command.index("--queues") + 1] for command in commands if "--queues" in command}
    declared = {queue.name for queue in app.conf.task_queues}
    assert taken == declared
    assert sum("beat" in command for command in commands) == 1
    target = (DEPLOY / "systemd" / "prasan.target").read_text("utf-8")
    assert set(re.findall(r"prasan-worker@(\w+)\.service", target)) == declared


def test_every_task_that_has_a_queue_of_its_own_exists() -> None:
    app.loader.import_default_modules()
    assert set(app.conf.task_routes) - set(app.tasks) == set()
    assert {one["queue"] for one in app.conf.task_routes.values()} == {"papers", "slow"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_without_rights_and_writes_into_the_data_only(unit: Path) -> None:
    said = unit.read_text("utf-8").splitlines()
    for line in (
        "User=prasan",
        "EnvironmentFile=/etc/prasan/prasan.env",
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "ReadWritePaths=/srv/prasan/data",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
        "Restart=always",
    ):
        assert line in said


def test_the_image_installs_what_is_locked_and_runs_as_nobody_of_weight() -> None:
    said = (DEPLOY / "Containerfile").read_text("utf-8")
    assert "--require-hashes" in said
    assert (ROOT / "requirements-extras.txt").exists()
    assert re.findall(r"^FROM (\S+)", said, re.MULTILINE) == ["debian:bookworm-slim", "system", "system"]
    assert said.index("USER prasan") < said.index("\nCMD")
    wanted = re.findall(r"\|\| echo (lib\S+)", (ROOT / "script" / "setup").read_text("utf-8"))
    assert len(wanted) == 2
    assert all(package in said for package in wanted)
    assert "://" not in said


def test_nothing_that_is_kept_out_of_the_history_comes_into_an_image() -> None:
    said = [(ROOT / name).read_text("utf-8") for name in (".dockerignore", ".containerignore")]
    assert said[0] == said[1]
    kept_out = [
        line.rstrip("/")
        for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(kept_out) > 10
    wanted = {path if "/" in path else f"**/{path}" for path in kept_out}
    assert wanted | {".git"} <= set(said[0].splitlines())


def test_what_a_proxy_says_by_itself_is_a_page_of_ours() -> None:
    nginx = (DEPLOY / "nginx" / "prasan.conf").read_text("utf-8")
    caddy = (DEPLOY / "compose" / "Caddyfile").read_text("utf-8")
    pages = {page.name: page.read_text("utf-8") for page in (DEPLOY / "proxy").glob("*.html")}
    assert set(re.findall(r"error_page [^;]*/proxy/(\S+);", nginx)) == set(pages)
    assert set(re.findall(r"rewrite \* /(\S+)", caddy)) <= set(pages)
    assert set(re.findall(r"limit_\w+_status (\d+);", nginx)) == {"429"}
    # Drawn when nothing of the program can be reached.
    assert all('lang="th"' in page and not re.search(r"src=|href=|url\(", page) for page in pages.values())


def test_who_runs_the_program_reads_what_another_collected(tmp_path: Path) -> None:
    options = settings.STORAGES["staticfiles"]["OPTIONS"]
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/", **options)
    storage.save("page.css", ContentFile(b"body {}"))
    list(storage.post_process({"page.css": (storage, "page.css")}))
    collected = list(tmp_path.iterdir())
    assert {one.name for one in collected} > {"page.css", "staticfiles.json"}
    assert all(one.stat().st_mode & 0o004 for one in collected)


def test_what_is_locked_for_the_image_holds_what_is_locked_without_extras() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+==\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-extras.txt") < pins("requirements-dev.txt")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(extras) == {"s3", "sentry"}


def test_the_web_server_writes_its_own_lines_as_the_program_does(capsys: Any) -> None:
    read = json.loads((DEPLOY / "granian-log.json").read_text("utf-8"))
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, **read})
    logging.getLogger("_granian").info("Listening at: %s", "here")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["logger"]) == ("Listening at: here", "info", "_granian")


def test_a_proxy_waits_for_no_form_for_ever() -> None:
    nginx = (DEPLOY / "nginx" / "prasan.conf").read_text("utf-8")
    caddy = (DEPLOY / "compose" / "Caddyfile").read_text("utf-8")
    assert "client_header_timeout 10s;" in nginx
    assert "client_body_timeout 30s;" in nginx
    first_block = caddy[: caddy.index("\n}")]
    assert "{$SITE_HOST}" not in first_block
    assert re.search(r"servers \{\s+timeouts \{\s+read_header 10s\s+read_body 5m\s+\}\s+\}", first_block)


def test_proxies_give_numbers_of_their_own_and_hide_what_is_for_watchers() -> None:
    nginx = (DEPLOY / "nginx" / "prasan.conf").read_text("utf-8")
    caddy = (DEPLOY / "compose" / "Caddyfile").read_text("utf-8")
    assert "proxy_set_header X-Request-ID $request_id;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "header_up X-Request-ID {http.request.uuid}" in caddy
    for path in ("/metrics", "/readyz"):
        assert f"location = {path} {{ return 404; }}" in nginx
        assert path in caddy
    for said in (nginx, caddy):
        # Both say mebibytes, as the program counts.
        (limit,) = re.findall(r"(?:client_max_body_size|max_size) (\d+)(?:m|MiB)\b", said)
        assert int(limit) == most_megabytes()
    kept = re.search(r"location ~ (\S+) \{", nginx)
    assert kept
    for path, is_kept in (
        ("/", True),
        ("/news/2552/4/x/", True),
        ("/news/search/", False),
        ("/today/", False),
    ):
        assert bool(re.match(kept[1], path)) is is_kept
