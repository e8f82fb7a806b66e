"""A process that has the office loaded and forks a fresh worker for every line it reads, on another day's clock.

Loading takes seconds, forking does not; so a test can afford to kill many workers. For each it writes the process
id, and when the worker has ended its exit code.
"""

import ctypes
import os
import signal
import sys
from datetime import datetime, timedelta

from django.utils import timezone

from config.celery import app

PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
WORKER = (
    "--quiet",
    "worker",
    "--loglevel",
    "ERROR",
    "--concurrency",
    "1",
    "--without-gossip",
    "--without-mingle",
    "--without-heartbeat",
)


def end_with_parent() -> None:
    """Nothing of this outlives the test, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def shift_clock(shift: timedelta) -> None:
    real_now = timezone.now

    def shifted_now() -> datetime:
        return real_now() + shift

    timezone.now = shifted_now


def work() -> None:
    """Be a worker, in a group of its own with the process that does its tasks."""
    end_with_parent()
    os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    app.worker_main(WORKER)


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    end_with_parent()
    shift_clock(timedelta(seconds=float(os.environ["CLOCK_SHIFT_SECONDS"])))
    app.loader.import_default_modules()
    for _line in sys.stdin:
        worker = os.fork()
        if worker == 0:
            work()
            os._exit(0)
        os.setpgid(worker, worker)  # by the parent, so that the group is there as soon as its number is known
        say(worker)
        say(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))


if __name__ == "__main__":
    main()
