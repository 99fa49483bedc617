"""The process that all lives of a scenario are forked from; it has lived one itself, so that nothing is new to them.

What SQLAlchemy compiled, Jinja read and typst loaded is in its memory, while threads and connections are gone. The
lives are real processes of the system, which end by themselves, by `os._exit` at a crash point, or by a signal.
"""

import multiprocessing
import os
import select
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, cast

from tests.crash import child, rehearsal

Life = Callable[[str, Mapping[str, str], int | None], None]

_START_SECONDS = 120.0
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.crash.preloaded"])


class Forebear:
    """The process, seen from the test. It serves one question at a time."""

    def __init__(self, module: str, channel: Connection) -> None:
        self._module = module
        self._channel = channel

    def start(self, life: Life, environment: Mapping[str, str], crash_at: int | None) -> int:
        """Fork a process that lives `life` and is killed at the given crash point; return its id."""
        return int(self._ask(_start, life, self._module, environment, crash_at))

    def has_ended(self, pid: int) -> bool:
        """Return whether a process that was not asked for its exit code yet is gone."""
        return bool(self._ask(_has_ended, pid, 0.0))

    def exit_code(self, pid: int, seconds: float) -> int | None:
        """Return the exit code of a process and forget it; None while it lives on after so many seconds."""
        return cast("int | None", self._ask(_exit_code, pid, seconds))

    def _ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        self._channel.send((question, arguments))
        return self._channel.recv()


@contextmanager
def forebear(module: str, environment: Mapping[str, str]) -> Iterator[Forebear]:
    """Let a process live the scenario's whole life in this environment, and yield it for more of the same."""
    ours, theirs = _processes.Pipe()
    process = _processes.Process(target=_serve, args=(module, environment, theirs))
    process.start()
    theirs.close()
    with ours:
        try:
            assert ours.poll(_START_SECONDS), "the life takes too long"
            ours.recv()
        except EOFError:
            process.join()
            raise AssertionError(f"a process failed with {process.exitcode}; its error is above") from None
        yield Forebear(module, ours)
    process.join()


_ends: dict[int, int] = {}


def _serve(module: str, environment: Mapping[str, str], channel: Connection) -> None:
    with rehearsal.going_on():
        child.live(module, environment, None)
    child.keep_what_was_compiled()
    channel.send("ready")
    while True:
        try:
            question, arguments = channel.recv()
        except EOFError:
            return
        channel.send(question(*arguments))


def _start(life: Life, module: str, environment: Mapping[str, str], crash_at: int | None) -> int:
    # Nobody writes into the pipe: it is at its end once the process is gone.
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os._exit(_lived(life, module, environment, crash_at))
    os.close(writing)
    _ends[pid] = reading
    return pid


def _lived(life: Life, module: str, environment: Mapping[str, str], crash_at: int | None) -> int:
    code = 1
    try:
        life(module, environment, crash_at)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 - a process ends with its error shown
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _has_ended(pid: int, seconds: float) -> bool:
    return bool(select.select([_ends[pid]], [], [], seconds)[0])


def _exit_code(pid: int, seconds: float) -> int | None:
    if not _has_ended(pid, seconds):
        return None
    os.close(_ends.pop(pid))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
