"""Crash points: places where a test ends the process, to show that nothing is lost and nothing happens twice.

Only the kernel has them: the unit of work, the plugin call wrapper and the job runner. `PRAHO_CRASH_AT=n` arms
the n-th passage of this process; production refuses the variable at start.
"""

import os
import threading

EXIT_CODE = 137

_lock = threading.Lock()
_passed: list[str] = []
_armed_at: int | None = None


def arm(passage: int | None) -> None:
    """End this process at the given passage (1 is the next one); None disarms."""
    global _armed_at
    _armed_at = passage
    _passed.clear()


def crash_point(name: str) -> None:
    """Count a passage, and end the process at once where it is the armed one."""
    if _armed_at is None:
        return
    with _lock:
        _passed.append(name)
        reached = len(_passed) == _armed_at
    if reached:
        os.write(2, f"crash point {name}, passage {_armed_at}\n".encode())
        os._exit(EXIT_CODE)


def passages() -> int:
    """Return how many crash points this process has passed since it was armed."""
    return len(_passed)


def passed() -> list[str]:
    """Return the names of the crash points that this process has passed since it was armed."""
    return list(_passed)
