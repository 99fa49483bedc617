"""What a scenario of the crash harness is: a module with these functions, run in processes that may be killed."""

from typing import Protocol

from praho.core.jobs.running import Jobs


class Scenario(Protocol):
    """A module that drives one piece of life and knows how it must end."""

    def open_application(self) -> Jobs:
        """Start the application in this process, from its environment, and return the runner of its jobs."""

    def prepare(self) -> None:
        """Insert what was there before; never killed."""

    def act(self) -> None:
        """Do what people and providers do, as often as they please: a killed process is followed by a repetition.

        Effects that only a recurring job would find are enqueued here, for the harness runs no schedule.
        """

    def assert_settled(self) -> None:
        """Fail unless everything happened, and nothing twice. Runs in the test's own process."""
