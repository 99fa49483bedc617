"""A store of objects that speaks S3: putting bytes there and reading them back, within a time limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0
_MOST_BYTES = 64 * 1024 * 1024


class StoreUnavailable(Exception):
    """The store gave no usable answer; the message says which one it gave instead."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a bucket is reached. `endpoint` is the address of the service, empty for Amazon's own."""

    endpoint: str
    region: str
    bucket: str
    access_key: str
    secret: str = field(repr=False)


def put(access: Access, key: str, content: bytes) -> None:
    """Write an object; the same bytes again change nothing. Raises StoreUnavailable."""
    with _answering(access) as client:
        client.put_object(Bucket=access.bucket, Key=key, Body=content, ContentLength=len(content))


def get(access: Access, key: str) -> bytes:
    """Return an object's bytes, whatever they are; raises StoreUnavailable, also where there is no such object."""
    with _answering(access) as client:
        answer = client.get_object(Bucket=access.bucket, Key=key)
        body: bytes = answer["Body"].read(_MOST_BYTES)
        if len(body) != answer["ContentLength"]:
            raise StoreUnavailable("the object broke off")
        return body


@contextmanager
def _answering(access: Access) -> Iterator[Any]:
    # boto3 takes a third of a second to import, and most installations have no store.
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError  # noqa: PLC0415

    try:
        yield _client(access, CONNECT_SECONDS, READ_SECONDS)
    except (BotoCoreError, ClientError, HTTPClientError, ValueError) as error:
        raise StoreUnavailable(str(error)) from error


@lru_cache(maxsize=4)
def _client(access: Access, connect_seconds: float, read_seconds: float) -> Any:
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415

    return boto3.session.Session().client(
        "s3",
        endpoint_url=access.endpoint or None,
        region_name=access.region,
        aws_access_key_id=access.access_key,
        aws_secret_access_key=access.secret,
        config=Config(
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            retries={"max_attempts": 1},
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
