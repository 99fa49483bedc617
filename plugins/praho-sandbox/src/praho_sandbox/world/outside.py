"""The parts of the world, wired together once for each process."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from praho_sandbox.world.config import WorldClock, WorldConfig
from praho_sandbox.world.delivery import Delivery
from praho_sandbox.world.faults import Faults
from praho_sandbox.world.storage import Storage

EXTENSION = "praho_sandbox"


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that a request needs."""

    config: WorldConfig
    clock: WorldClock
    storage: Storage
    faults: Faults
    delivery: Delivery


def here() -> Outside:
    """Return the world of the current request."""
    return cast(Outside, current_app.extensions[EXTENSION])
