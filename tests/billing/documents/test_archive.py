"""The archive: the same bytes from the database and from a store, moved only once they are safe, never if damaged."""

import hashlib
import socket
import threading

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from praho.billing import errors
from praho.billing.documents import jobs
from praho.billing.documents.gateways import objects
from praho.billing.documents.services import archive_moving, archive_store, archiving
from praho.billing.efactura.services import printing
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.jobs.kinds import Tick
from praho.core.permissions import StaffRole
from praho.models.billing.archive import ArchiveDamage, ArchiveStore
from praho.models.billing.documents import DocumentFile, FileKind
from tests.factories import billing, customers, users

BUCKET = "arhiva"


@pytest.fixture(scope="module")
def s3():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3):
    """An empty bucket, as its owner sees it."""
    owner = boto3.client(
        "s3",
        endpoint_url=s3,
        region_name="eu-central-1",
        aws_access_key_id="k",
        aws_secret_access_key="s",
    )
    owner.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield owner
    for one in owner.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        owner.delete_object(Bucket=BUCKET, Key=one["Key"])
    owner.delete_bucket(Bucket=BUCKET)


def use(endpoint, secret="geheim"):
    with entered(SystemScope("test")):
        archive_store.use(archive_store.StoreInput(endpoint, "eu-central-1", BUCKET, "k", secret))


@pytest.fixture
def store(domains, db, s3, bucket):
    use(s3)


@pytest.fixture
def files(db, domains):
    """Two documents with a file each, as they are handed out."""
    billing.make_seller()
    customer = customers.make_customer()
    made = []
    for number in range(2):
        row = billing.document(billing.make_proforma(customer))
        with entered(SystemScope("test")):
            made.append(
                (row.id, archiving.keep(row.id, FileKind.PDF, f"{number}.pdf", b"%PDF-" + bytes([number]) * 999))
            )
    return made


def read(document_id):
    with entered(SystemScope("test")):
        return archiving.stored(document_id, FileKind.PDF)


def move():
    with entered(SystemScope("test")):
        return archive_moving.move()


def standing():
    with entered(SystemScope("test")):
        found = archive_store.standing()
        return found.here, found.moved, found.damaged


def keys(bucket):
    return [one["Key"] for one in bucket.list_objects_v2(Bucket=BUCKET)["Contents"] if "/" in one["Key"]]


def test_without_a_store_everything_stays_in_the_database(files):
    assert (move(), standing()) == (archive_moving.Moved(0, more=False), (2, 0, 0))


def test_the_same_bytes_come_from_both_places(files, store, bucket):
    assert (move(), standing()) == (archive_moving.Moved(2, more=False), (0, 2, 0))
    assert [read(document_id) for document_id, _file in files] == [file for _id, file in files]
    assert len(keys(bucket)) == 2
    assert move().count == 0


def test_a_form_of_staff_a_mail_and_the_portal_get_the_same_bytes(app, s3, bucket, visitor):
    billing.make_seller()
    customer, owner = customers.make_customer(), users.make_user()
    customers.make_member(customer, owner)
    document = billing.make_proforma(customer)
    with entered(SystemScope("test")):
        first = printing.pdf_of(document)
    use(s3)
    move()
    path = f"/portal/{customer.public_id}/documents/{document}/pdf"
    portal = visitor.sign_in(owner).client.get(path)
    with entered(SystemScope("test")):
        assert portal.data == printing.pdf_of(document).content == first.content


@pytest.mark.parametrize("there", [b"", b"%PDF-", b"%PDF-" + b"\x00" * 998, b"%PDF-" + b"\x01" * 999])
def test_other_bytes_in_the_store_are_an_alarm_and_never_handed_out(files, store, bucket, there):
    move()
    document_id = files[0][0]
    with entered(SystemScope("test")) as session:
        row = session.scalars(select(DocumentFile).where(DocumentFile.document_id == document_id)).one()
        key = row.object_key
    bucket.put_object(Bucket=BUCKET, Key=key, Body=there)
    for _again in range(2):
        with pytest.raises(errors.ArchiveDamaged):
            read(document_id)
    assert standing() == (0, 2, 1)
    assert archive_store.alarm() is not None
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(ArchiveDamage.found_sha256)).one() == hashlib.sha256(there).hexdigest()


def test_damaged_bytes_in_the_database_are_neither_handed_out_nor_moved(files, store, db):
    db.execute(text("ALTER TABLE billing_document_file DISABLE TRIGGER protect"))
    db.execute(text("UPDATE billing_document_file SET content = 'x' WHERE document_id = :id"), {"id": files[0][0]})
    assert move().count == 1
    with pytest.raises(errors.ArchiveDamaged):
        read(files[0][0])
    assert standing() == (1, 1, 1)


@pytest.mark.parametrize("lost", ["gone", "down"])
def test_a_store_without_an_answer_is_an_error_and_no_damage(files, store, bucket, lost):
    move()
    if lost == "gone":
        for key in keys(bucket):
            bucket.delete_object(Bucket=BUCKET, Key=key)
    else:
        point_to("http://127.0.0.1:1")
    with pytest.raises(errors.ArchiveUnavailable):
        read(files[0][0])
    assert standing() == (0, 2, 0)


def point_to(endpoint):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.scalars(select(ArchiveStore)).one().endpoint = endpoint


class Line:
    """A server on this machine that answers every request with the same bytes, or, for None, with nothing."""

    def __init__(self, answer):
        self.answer, self.socket, self.open = answer, socket.create_server(("127.0.0.1", 0)), []
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.open.append(connection)
            connection.recv(65536)
            if self.answer is not None:
                connection.sendall(self.answer)
                connection.close()

    def close(self):
        self.socket.close()
        for connection in self.open:
            connection.close()


HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 1004\r\nConnection: close\r\n\r\n%PDF-half"
NONSENSE = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>"
BROKEN = b"HTTP/1.1 500 Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (HALF, errors.ArchiveUnavailable),
        (NONSENSE, errors.ArchiveDamaged),
        (BROKEN, errors.ArchiveUnavailable),
        (None, errors.ArchiveUnavailable),
    ],
    ids=["half an object", "another page", "an error", "silence"],
)
def test_what_a_bad_line_gives_is_never_handed_out(files, store, monkeypatch, answer, refusal):
    move()
    line = Line(answer)
    monkeypatch.setattr(objects, "READ_SECONDS", 0.2)
    point_to(line.url)
    try:
        with pytest.raises(refusal):
            read(files[0][0])
        with pytest.raises(objects.StoreUnavailable):
            objects.put(objects.Access("http://127.0.0.1:1", "eu-central-1", BUCKET, "k", "s"), "a/b", b"x")
    finally:
        line.close()


def test_nothing_is_forgotten_before_its_copy_was_read_back(files, store, monkeypatch):
    monkeypatch.setattr(objects, "get", lambda _access, _key: b"something else")
    with pytest.raises(archive_moving.CopyDiffers):
        move()
    assert standing() == (2, 0, 0)


def test_a_run_that_was_cut_short_is_gone_on_with(files, store, monkeypatch):
    put, sent = objects.put, []

    def once(access, key, content):
        if sent:
            raise objects.StoreUnavailable("down")
        sent.append(key)
        put(access, key, content)

    monkeypatch.setattr(objects, "put", once)
    with pytest.raises(objects.StoreUnavailable):
        move()
    assert standing() == (1, 1, 0)
    monkeypatch.setattr(objects, "put", put)
    with entered(SystemScope("job")):
        assert jobs.move_files(Tick("now")) is None
    assert standing() == (0, 2, 0)
    assert [read(document_id) for document_id, _file in files] == [file for _id, file in files]


def test_a_store_that_is_stopped_is_still_read(files, store):
    move()
    with entered(SystemScope("test")):
        archive_store.stop()
        row = billing.document(billing.make_proforma(customers.make_customer()))
        archiving.keep(row.id, FileKind.PDF, "3.pdf", b"new")
    assert (move().count, standing()) == (0, (1, 2, 0))
    assert read(files[0][0]) == files[0][1]


def test_the_secret_is_kept_encrypted(store, db):
    sealed = db.execute(text("SELECT secret_sealed FROM billing_archive_store")).scalar_one()
    assert "geheim" not in sealed


def test_a_store_that_does_not_answer_is_not_used(domains, db):
    with pytest.raises(Invalid):
        use("http://127.0.0.1:1")
    assert standing() == (0, 0, 0)


@pytest.mark.parametrize(
    "change",
    ["content = 'x'", "sha256 = 'x'", "content = NULL", "object_key = 'a', store_id = 1", "filename = 'x'"],
)
def test_files_change_in_no_other_way(files, store, db, change):
    with pytest.raises(IntegrityError), db.begin_nested():
        db.execute(text(f"UPDATE billing_document_file SET {change}"))


def test_the_page_sets_the_store_up(app, visitor, s3, bucket):
    staff = visitor.sign_in(users.make_staff(StaffRole.BILLING))
    page = staff.get("/admin/archive")
    typed = {"endpoint": s3, "region": "eu-central-1", "bucket": BUCKET, "access_key": "k", "secret": "geheim"}
    refused = staff.submit(page, {**typed, "endpoint": "http://127.0.0.1:1"}, action="/archive")
    assert refused.status == 422
    page = staff.submit(page, typed, action="/archive")
    assert BUCKET in page.text
    assert "geheim" not in page.body
    page = staff.submit(page, action="/archive/stop")
    assert standing() == (0, 0, 0)
