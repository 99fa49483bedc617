"""How the world says no: a status, a stable code and a sentence in English."""


class Refusal(Exception):
    """A definite no; nothing was done."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
