"""Tests whose program is missing are left out aloud, or fail the run where the program is required."""

import os
import subprocess
import sys

import pytest

from praho.config import ROOT

# Redis tests beside others, which are collected and not run.
_SAMPLE = "tests/crash/test_harness.py"


def _collected(**environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", _SAMPLE]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_without_the_program_they_are_left_out_in_one_line():
    done = _collected(PATH="/nowhere", PRAHO_TEST_REQUIRE="")
    assert done.returncode == 0, done.stdout
    assert [line for line in done.stdout.splitlines() if "left out" in line] == [
        "left out: 2 redis tests (no redis-server)"
    ]
    assert "every_kill_of_a_worker" not in done.stdout
    assert "a_toy_that_doubles" in done.stdout


@pytest.mark.parametrize(
    ("required", "sentence"),
    [
        ("redis", "PRAHO_TEST_REQUIRE names redis, but redis-server was not found"),
        ("browser, redis", "PRAHO_TEST_REQUIRE names browser, but Chromium was not found"),
        ("rabbits", "PRAHO_TEST_REQUIRE knows browser, redis, not rabbits"),
    ],
)
def test_where_it_is_required_nothing_runs_without_it(required, sentence, tmp_path):
    empty = {"PATH": "/nowhere", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "PRAHO_TEST_CHROMIUM": ""}
    done = _collected(PRAHO_TEST_REQUIRE=required, **empty)
    assert done.returncode != 0
    assert sentence in done.stderr + done.stdout
