# `make run` starts PRAHO on http://127.0.0.1:8000, `make test` tests it. Both need only Python ≥ 3.11.

.DEFAULT_GOAL := help
.PHONY: help run test check bench screens tour install install-dev css db lock clean

HERE := $(dir $(lastword $(MAKEFILE_LIST)))

ifneq ($(HERE),./)
# Called as `make -f …/Makefile` from another folder: the work is done in ours.
help run test check bench screens tour install install-dev css db lock clean:
	@$(MAKE) --no-print-directory -C "$(HERE)" $@
else

# The first interpreter that is new enough; `make run PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv/bin/python
# Many processes are started: what one of them compiled serves the others.
unexport PYTHONDONTWRITEBYTECODE
# Extra words for pytest: `make test ARGS=tests/billing`
ARGS ?=
WORKERS ?= logical
# Customers of the benchmark, each with five invoices, a service and a domain.
SIZE ?= 10000
# What `make screens` looks at: full-shop, full-portal, full-admin, empty-shop, empty-portal, empty-admin; all by default.
VISIT ?=

help:
	@echo "make run      start PRAHO with its own database on http://127.0.0.1:8000 (PRAHO_PORT moves it)"
	@echo "make test     run the tests (ARGS=tests/billing for some of them)"
	@echo "make check    ruff, mypy, import contracts, templates, migrations, translations, architecture"
	@echo "make bench    measure pages and documents, docs/performance.md says how (SIZE=100000: ten times the data)"
	@echo "make screens  pictures and checks of every page, in instance/screens (VISIT=full-portal: some; needs Chromium)"
	@echo "make tour     the pictures of the README (needs Chromium)"
	@echo "make db       bring the database up to the newest migration"
	@echo "make css      build the stylesheet (needs npm)"
	@echo "make lock     pin new requirements (UPGRADE=--upgrade: the newest of all)"

install:
	@if [ -z "$(PYTHON)" ]; then echo "PRAHO needs Python 3.11 or newer as python3." >&2; exit 1; fi
	@$(PYTHON) deploy/install.py

install-dev:
	@if [ -z "$(PYTHON)" ]; then echo "PRAHO needs Python 3.11 or newer as python3." >&2; exit 1; fi
	@$(PYTHON) deploy/install.py --dev

run: install
	@exec $(VENV) -m praho run

db: install
	@exec $(VENV) -m praho db upgrade

test: install-dev
	$(VENV) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: install-dev
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	.venv/bin/lint-imports
	$(VENV) -m djlint praho plugins --lint --quiet
	$(VENV) -m praho db check
	$(VENV) -m praho translations check
	$(VENV) -m pytest -q tests/architecture

bench: install
	$(VENV) -m benchmarks --size $(SIZE)

screens: install-dev
	$(VENV) -m tests.browser.screens instance/screens $(VISIT)

tour: install-dev
	$(VENV) -m tests.browser.tour docs/pictures

css:
	cd praho/ui/css && npm install --no-save && npm run build

# What the lock files pin already stays, unless `make lock UPGRADE=--upgrade`. Wheels of every supported Python are resolved at once, with their hashes and without an index host.
UV = .venv/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet
lock: install-dev
	$(VENV) -m pip install --quiet uv
	$(UV) $(UPGRADE) -o requirements.txt
	$(UV) $(UPGRADE) --group dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
endif
