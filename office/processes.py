"""Child processes that never outlive the process that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def start_child(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, keep_open: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own, to be told to end (SIGTERM) when this process dies.

    Its own group keeps a Ctrl-C in the terminal from reaching it before its parent has decided the order.
    On Linux the kernel sends the signal even when this process is killed; elsewhere only `stop_child` does.
    The child inherits the file descriptors of `keep_open` and no other beyond its output.
    """
    parent = os.getpid()

    def end_with_parent() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # the parent died before the line above
            os.kill(os.getpid(), signal.SIGTERM)

    return subprocess.Popen(  # nosec B603 # a list without a shell, written in the code
        list(command),
        env=env,
        stdin=subprocess.DEVNULL,
        pass_fds=tuple(keep_open),
        start_new_session=True,
        # Between fork and exec it makes two system calls and takes no lock, so threads do not endanger it.
        preexec_fn=end_with_parent,  # noqa: PLW1509
    )


def stop_child(process: subprocess.Popen[bytes], *, seconds: float) -> None:
    """Ask `process` to end, wait up to `seconds`, then kill it and whatever it started itself."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process)
    process.wait()


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the process group that `process` leads."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
