"""The benchmark runs from an empty folder to its table: what it measures, not how fast that is."""

import json
import os
import subprocess
import sys

import pytest

from praho.config import ROOT

pytestmark = pytest.mark.slow
SIZE = 10
PAGES = {"admin.dashboard", "portal.dashboard"}
WORK = {
    "proforma → invoice, 3 lines",
    "XML of an invoice",
    "PDF of an invoice",
    "totals of 1,000 lines",
    "PDF of 200 lines",
    "sales journal of everything, CSV",
    "sales journal of everything, XLSX",
}


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """What a run over a handful of customers writes and prints."""
    folder = tmp_path_factory.mktemp("bench") / "installations"
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PRAHO_")}
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks",
            "--size",
            str(SIZE),
            "--times",
            "1",
            "--only",
            "dashboard",
            "--folder",
            str(folder),
        ],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads((folder.parent / "bench.json").read_text()), run.stdout


def test_pages_are_found_and_stand_beside_their_floor(measured):
    found, _printed = measured
    assert found.keys() >= PAGES
    for page in PAGES:
        assert found[page].keys() == {"median_ms", "p95_ms", "queries", "floor_ms"}
        assert found[page]["queries"] > 0
        assert found[page]["floor_ms"] > 0


def test_documents_are_made_beside_plain_work(measured):
    found, _printed = measured
    for work in WORK:
        assert found[work].keys() == {"median_ms", "p95_ms", "per_second", "floor_per_second"}
        assert found[work]["per_second"] > 0


def test_the_table_names_everything(measured):
    found, printed = measured
    assert [name for name in found if name != "machine" and name not in printed] == []
    assert "gunicorn worker" in found
