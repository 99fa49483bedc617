"""Log lines as they leave the process."""

import io
import json
import logging
import warnings
from datetime import datetime

import pytest
import structlog

from praho.core import logging as praho_logging
from praho.core import request_id


@pytest.fixture
def written():
    root = logging.getLogger()
    handlers, level, config = root.handlers[:], root.level, structlog.get_config()
    stream = io.StringIO()
    praho_logging.configure("info", "json", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    structlog.configure(**config)


def test_an_event_is_one_json_object_a_line(written):
    praho_logging.get_logger("praho.billing").info("invoice_issued", invoice="inv_1", text="ș\nț")
    (line,) = written()
    assert (line["event"], line["invoice"], line["text"]) == ("invoice_issued", "inv_1", "ș\nț")
    assert (line["level"], line["logger"]) == ("info", "praho.billing")
    assert datetime.fromisoformat(line["timestamp"]).utcoffset().total_seconds() == 0


def test_the_request_id_follows(written):
    log = praho_logging.get_logger("praho")
    with request_id.request_context("abcd", job="mail"):
        log.info("inside")
        logging.getLogger("some.library").warning("also inside")
    log.info("outside")
    inside, library, outside = written()
    assert inside["request_id"] == library["request_id"] == "abcd"
    assert inside["job"] == "mail"
    assert "request_id" not in outside


def test_secrets_are_hidden_on_every_way_in(written):
    log = praho_logging.get_logger("praho")
    log.info("call", headers={"Authorization": "Bearer hunter2"}, body=[{"cnp": "1630615123457"}])
    log.info("positional %s", "token=hunter2")
    log.bind(password="hunter2").warning("bound")
    logging.getLogger("some.library").error("failed for %s", {"password": "hunter2"})
    logging.getLogger("some.library").error("failed", extra={"api_key": "hunter2"})
    text = json.dumps(written())
    assert "hunter2" not in text
    assert "1630615123457" not in text
    assert len(written()) == 5


def test_secrets_of_an_error_are_hidden_in_its_traceback(written):
    try:
        raise ValueError("no person has CNP 1630615123457, password=hunter2")
    except ValueError:
        praho_logging.get_logger("praho").exception("refused")
        logging.getLogger("some.library").exception("refused")
    for line in written():
        assert "Traceback" in line["exception"]
        assert "**********457" in line["exception"]
        assert "hunter2" not in line["exception"]


def test_levels_are_kept(written):
    praho_logging.get_logger("praho").debug("too quiet")
    logging.getLogger("werkzeug").info("too talkative")
    logging.getLogger("werkzeug").warning("heard")
    assert [line["event"] for line in written()] == ["heard"]


def test_what_json_does_not_know_is_written_all_the_same(written):
    praho_logging.get_logger("praho").info("odd", thing=object(), raw=b"\xff", many={1, 2})
    (line,) = written()
    assert line["thing"].startswith("<object object")
    assert line["raw"] == "<1 bytes>"


def test_warnings_of_python_are_logged(written):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("old thing", stacklevel=1)
    assert "old thing" in written()[0]["event"]


def test_people_read_text(written):
    stream = io.StringIO()
    praho_logging.configure("info", "text", stream)
    praho_logging.get_logger("praho").info("invoice_issued", invoice="inv_1", password="hunter2")
    line = stream.getvalue()
    assert "invoice_issued" in line
    assert "inv_1" in line
    assert "hunter2" not in line
    assert "\x1b" not in line
