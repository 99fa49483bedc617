"""Messages between a process and its checking worker: four bytes of length, big endian, then the bytes."""

import socket
import struct
import time

_HEADER = struct.Struct(">I")
_CHUNK = 2**20


def send(channel: socket.socket, message: bytes, deadline: float | None = None) -> None:
    """Send one message.

    `deadline` is an instant of `time.monotonic`, None to wait for ever. Raises TimeoutError, or another OSError
    when the other side is gone.
    """
    channel.settimeout(_left(deadline))
    channel.sendall(_HEADER.pack(len(message)) + message)


def receive(channel: socket.socket, deadline: float | None = None) -> bytes | None:
    """Return the next message, None when the other side has closed. Raises TimeoutError or another OSError."""
    header = _receive_exactly(channel, _HEADER.size, deadline)
    return None if header is None else _receive_exactly(channel, _HEADER.unpack(header)[0], deadline)


def _receive_exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        channel.settimeout(_left(deadline))
        chunk = channel.recv(min(size - len(received), _CHUNK))
        if not chunk:
            return None
        received += chunk
    return bytes(received)


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time for the check is over")
    return left
