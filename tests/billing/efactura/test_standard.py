import contextlib
import os
import signal
import threading
from datetime import date

import psutil
import pytest

from praho.billing import errors
from praho.billing.efactura import builder, standard, ubl, validator
from tests.billing import samples

XML = builder.build(samples.document())
WRONG = XML.replace(b'unitCode="H87"', b'unitCode="BUC"')
TODAY = date(2026, 11, 22)


@pytest.fixture
def worker():
    started = standard.StandardWorker()
    yield started
    started.stop()


def rules(worker, xml=WRONG):
    return [finding.rule_id for finding in worker.check(xml)]


def test_it_starts_with_the_first_check_and_stays(worker):
    assert worker.pid is None
    assert rules(worker) == ["BR-CL-23"]
    first = worker.pid
    assert rules(worker, XML) == []
    assert worker.pid == first


def test_it_runs_outside_the_asking_process(worker):
    worker.check(XML)
    process = psutil.Process(worker.pid)
    assert process.ppid() == os.getpid()
    assert process.memory_info().rss < 400 * 2**20


def test_its_environment_holds_no_secret(worker, monkeypatch):
    monkeypatch.setenv("PRAHO_SECRET_KEY", "very secret")
    worker.check(XML)
    assert "PRAHO_SECRET_KEY" not in psutil.Process(worker.pid).environ()


def test_a_killed_worker_is_replaced(worker):
    worker.check(XML)
    first = worker.pid
    psutil.Process(first).kill()
    psutil.Process(first).wait(5)
    assert rules(worker) == ["BR-CL-23"]
    assert worker.pid != first


def test_one_that_dies_during_a_check_is_reported_and_replaced(worker):
    worker.check(XML)
    process = psutil.Process(worker.pid)
    process.suspend()
    killer = threading.Timer(0.2, process.kill)
    killer.start()
    with pytest.raises(errors.ValidatorUnavailable):
        worker.check(XML)
    killer.join()
    assert rules(worker) == ["BR-CL-23"]


def test_no_answer_in_time_is_no_verdict(worker):
    worker.check(XML)
    stuck = worker.pid
    os.kill(stuck, signal.SIGSTOP)
    worker.timeout = 0.3
    with pytest.raises(errors.ValidatorUnavailable):
        worker.check(XML)
    assert not psutil.pid_exists(stuck)
    worker.timeout = standard.TIMEOUT_SECONDS
    assert rules(worker) == ["BR-CL-23"]


def test_a_stuck_worker_does_not_block_a_long_document(worker):
    worker.check(XML)
    os.kill(worker.pid, signal.SIGSTOP)
    worker.timeout = 0.3
    with pytest.raises(errors.ValidatorUnavailable):
        worker.check(XML + b" " * 2**22)


def test_stopping_ends_the_process(worker):
    worker.check(XML)
    pid = worker.pid
    worker.stop()
    assert worker.pid is None
    assert not psutil.pid_exists(pid)
    worker.stop()


def test_stopping_does_not_wait_for_a_check(worker):
    worker.check(XML)
    os.kill(worker.pid, signal.SIGSTOP)
    refused = []

    def ask():
        try:
            worker.check(XML)
        except errors.ValidatorUnavailable as error:
            refused.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not worker._lock.locked():
        pass
    worker.stop()
    asking.join(5)
    assert not asking.is_alive()
    assert len(refused) == 1


def with_lines(count):
    return builder.build(samples.document([samples.draft(f"Linia {number}", "1.00") for number in range(count)]))


def test_a_worker_grown_large_makes_way(worker):
    worker.memory = 260 * 2**20
    assert worker.check(with_lines(50)) == []
    assert worker.pid is None
    assert rules(worker) == ["BR-CL-23"]


def test_a_document_too_large_for_an_old_worker_is_checked_by_a_fresh_one(worker):
    worker.memory = 240 * 2**20
    worker.check(XML)
    worker.memory = standard.MEMORY_BYTES
    assert standard.TOO_LARGE not in rules(worker, with_lines(3000))


def test_it_ends_when_its_owner_is_killed(tmp_path):
    code = (
        "import os, sys, pathlib\n"
        "from praho.billing.efactura import standard\n"
        "standard.shared_worker.check(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "print(standard.shared_worker.pid, flush=True)\n"
        "os._exit(137)\n"
    )
    path = tmp_path / "invoice.xml"
    path.write_bytes(XML)
    owner = psutil.Popen([standard.sys.executable, "-c", code, str(path)], stdout=-1)
    pid = int(owner.communicate(timeout=30)[0])
    gone, alive = psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=5)
    assert alive == []
    del gone


def test_threads_share_it(worker):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(rules(worker))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [["BR-CL-23"]] * 5


def test_a_forked_child_starts_its_own(worker):
    worker.check(XML)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        verdict = worker.check(WRONG)
        pid = worker.pid
        worker.stop()
        os.write(writing, f"{verdict[0].rule_id} {pid}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    rule, pid = os.read(reading, 100).decode().split()
    os.close(reading)
    os.close(writing)
    assert rule == "BR-CL-23"
    assert int(pid) != worker.pid
    assert rules(worker) == ["BR-CL-23"]


def test_a_document_beyond_its_memory_is_too_large_and_no_harm(worker, caplog):
    worker.memory = 240 * 2**20
    assert rules(worker, with_lines(3000)) == [standard.TOO_LARGE]
    assert len(caplog.messages) == 1
    assert len(caplog.messages[0]) < 1000
    assert rules(worker) == ["BR-CL-23"]


def test_a_small_document_is_never_too_large(worker):
    worker.memory = 100 * 2**20
    with pytest.raises(errors.ValidatorUnavailable):
        worker.check(XML)


def repeated(lines):
    """Return an invoice that repeats two hundred lines until it has as many: large, quickly made, and not true."""
    head, _, rest = with_lines(200).partition(b"  <cac:InvoiceLine>")
    repeating, _, tail = rest.rpartition(b"</Invoice>")
    return head + (b"  <cac:InvoiceLine>" + repeating) * (lines // 200) + b"</Invoice>" + tail


def with_text(before, opening, closing):
    head, _, rest = XML.partition(before)
    text = b"QUJD" * 2_490_000
    return head + opening + text + closing + before + rest


def with_attachment():
    reference = b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
    opening = reference + b'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="a.pdf">'
    closing = b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    return with_text(b"<cac:AccountingSupplierParty>", opening, closing)


@pytest.mark.parametrize(
    ("make", "found"),
    [(lambda: repeated(7600), {"BR-S-08", "BR-CO-10"}), (with_attachment, set())],
    ids=["lines", "attachment"],
)
def test_the_largest_are_checked_within_400_megabytes(worker, make, found):
    xml = make()
    assert xml.count(b"<") < standard.MOST_TAGS
    highest = 0
    verdicts = []
    asking = threading.Thread(target=lambda: verdicts.append(rules(worker, xml)))
    asking.start()
    while asking.is_alive():
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(worker.pid)
            # Before it has become the worker, a new process shows the memory of this one.
            if "standard_worker" in " ".join(process.cmdline()):
                highest = max(highest, process.memory_info().rss)
        asking.join(0.05)
    assert found <= set(verdicts[0])
    assert standard.TOO_LARGE not in verdicts[0]
    assert highest < 400 * 2**20


def test_ten_megabytes_of_lines_are_too_large_without_asking(worker):
    huge = repeated(17_800)
    assert 9.5 * 2**20 < len(huge) < ubl.MAX_BYTES
    assert rules(worker, huge) == [standard.TOO_LARGE]
    assert worker.pid is None


def test_ten_megabytes_in_one_note_are_too_large(worker):
    huge = with_text(b"<cbc:DocumentCurrencyCode>", b"<cbc:Note>", b"</cbc:Note>")
    assert rules(worker, huge) == [standard.TOO_LARGE]
    assert rules(worker) == ["BR-CL-23"]


def test_a_hostile_file_gives_a_readable_number_of_findings(worker):
    drafts = [samples.draft(f"Linia {number}", "1.00") for number in range(300)]
    xml = builder.build(samples.document(drafts)).replace(b'unitCode="H87"', b'unitCode="BUC"')
    xml = xml.replace(b">1.00</cbc:PriceAmount>", b">2.00</cbc:PriceAmount>")
    findings = validator.validate(xml, today=TODAY, worker=worker)
    counted = [finding.rule_id for finding in findings]
    assert counted.count("BR-CL-23") == validator.MAX_FINDINGS_PER_LAYER
    assert counted.count("PRAHO-LINE-NET") == validator.MAX_FINDINGS_PER_LAYER
