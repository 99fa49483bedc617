"""gunicorn over the benchmark's installation: two workers, as the deployment has."""

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil

from praho.config import ROOT

WORKERS = 2
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A running gunicorn."""

    host: str
    port: int
    process: psutil.Process

    def worker_megabytes(self) -> float:
        """Return the resident memory of the largest worker."""
        return max(worker.memory_info().rss for worker in self.process.children()) / 2**20


@contextlib.contextmanager
def running(environment: Mapping[str, str]) -> Iterator[Served]:
    """Serve on a free port of this machine for a block."""
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", str(WORKERS), "--threads", "8", "--log-level", "warning", "benchmarks.wsgi:app",
    ]  # fmt: skip
    # As the image sets it: the threads of a worker share their heaps.
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "MALLOC_ARENA_MAX": "2"})
    try:
        _until_it_answers(process, port)
        yield Served("127.0.0.1", port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.1)
    raise RuntimeError("gunicorn does not answer")
