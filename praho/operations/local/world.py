"""The outside worlds of installed sandboxes: processes of their own, which `praho run` starts and ends.

A package names its world in the entry-point group `praho.local_worlds`: a module that is run as
`python -m MODULE --port PORT --db FILE [--clock INSTANT]`, keeps all it knows in FILE, and tells its address at the
end of its first line of output. A world outlives a killed `praho run`, as the real outside does.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import psutil

from praho.config import Config
from praho.operations.local.checks import CannotRun

GROUP = "praho.local_worlds"
_PATIENCE_SECONDS = 10


@contextlib.contextmanager
def running(config: Config) -> Iterator[dict[str, str]]:
    """Run the installed worlds for a block; yields their addresses by name. Raises CannotRun."""
    with contextlib.ExitStack() as stack:
        yield {
            entry.name: stack.enter_context(_running(config, entry.name, entry.value))
            for entry in sorted(metadata.entry_points(group=GROUP))
        }


@contextlib.contextmanager
def _running(config: Config, name: str, module: str) -> Iterator[str]:
    folder = config.instance_dir / name
    folder.mkdir(exist_ok=True)
    _end_left_behind(folder / "pid", module)
    process, address = _start(config, folder, module)
    (folder / "pid").write_text(f"{process.pid}\n")
    (folder / "port").write_text(f"{address.rpartition(':')[2]}\n")
    try:
        yield address
    finally:
        process.terminate()
        _until_ended(process)
        (folder / "pid").unlink(missing_ok=True)


def _start(config: Config, folder: Path, module: str) -> tuple[subprocess.Popen[str], str]:
    """Start on the port of last time, where pages of the world may still be open, or on any free one."""
    clock = [] if config.clock is None else ["--clock", config.clock.isoformat()]
    command = [sys.executable, "-m", module, "--db", str(folder / "world.sqlite3"), *clock]
    for port in dict.fromkeys((_last_port(folder / "port"), "0")):
        with (folder / "world.log").open("a", encoding="utf-8") as log:
            process = subprocess.Popen(
                [*command, "--port", port],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we end the world in order
                env={name: value for name, value in os.environ.items() if not name.startswith("PRAHO_")},
            )
        assert process.stdout is not None
        with process.stdout as output:
            words = output.readline().split()
        if words:
            return process, words[-1]
        process.wait()
    raise CannotRun(f"The sandbox's outside world does not start: see {folder / 'world.log'}.")


def _last_port(file: Path) -> str:
    try:
        found = file.read_text().strip()
    except OSError:
        return "0"
    return found if found.isdecimal() else "0"


def _end_left_behind(file: Path, module: str) -> None:
    """End the world of a killed `praho run`, unless its number belongs to something else by now."""
    with contextlib.suppress(OSError, ValueError, psutil.NoSuchProcess):
        process = psutil.Process(int(file.read_text()))
        if module in process.cmdline():
            process.terminate()
            _until_ended(process)


def _until_ended(process: "subprocess.Popen[str] | psutil.Process") -> None:
    try:
        process.wait(_PATIENCE_SECONDS)
    except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
        process.kill()
