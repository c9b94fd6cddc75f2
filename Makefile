# Every day: `make demo`, `make check test`. All that a fresh machine needs is git, make and Python 3.11+ with venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# As many processes as there are cores.
EVERY_TEST := pytest -n auto --maxprocesses 8 --dist worksteal
# Programs that read what we write, each kind in an environment of its own.
READERS := pywb tables
SITE ?= ningbo

.DEFAULT_GOAL := help
.PHONY: help demo test-all install check format test test-pg gate crash accept docs crawl lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 14

demo: $(VENV)/core  ## set up, crawl the bundled site into ./archive, show the result
	@$(BIN)/hotnews demo

test-all:  ## set up, then checks and every test: SQLite, PostgreSQL, quality floors
	@$(MAKE) --jobs=3 --no-print-directory $(VENV)/dev $(READERS:%=$(VENV)-%/ready)
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/run-all

install: $(VENV)/dev  ## the environment with everything that checks and tests need

check: $(VENV)/dev  ## format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev  ## format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: $(VENV)/dev  ## tests on SQLite
	$(BIN)/$(EVERY_TEST)

test-pg: $(VENV)/dev  ## tests on SQLite and on a PostgreSQL server of their own
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/with-postgres $(EVERY_TEST)

gate: $(VENV)/dev  ## quality floors of extraction and duplicates
	$(BIN)/pytest -m corpus

crash: $(VENV)/dev  ## kill whatever writes at every point where it does, on both engines (takes two hours)
	$(BIN)/python -m tests.crawl.crashes sqlite
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/with-postgres python -m tests.crawl.crashes postgresql

accept: $(VENV)/dev  ## rewrite the expected articles of the saved pages; review the diff like code
	$(BIN)/python -m tests.accept

docs: $(VENV)/dev  ## write the generated reference, check the documentation and run what it shows
	$(BIN)/python docs/generate.py
	$(BIN)/pytest tests/test_docs.py tests/test_docs_commands.py

crawl: $(VENV)/core  ## crawl one site: make crawl SITE=ningbo
	$(BIN)/hotnews crawl $(SITE)

lock: $(VENV)/dev  ## renew the hashed lock files
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    pyproject.toml requirements-build.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    --extra test pyproject.toml requirements-build.in -o requirements-dev.lock
	for name in $(READERS); do \
	    $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	        requirements-$$name.in -o requirements-$$name.lock || exit; done

clean:  ## remove the environments and caches
	rm -rf $(VENV) $(READERS:%=$(VENV)-%) .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# One environment, made once; the stamp is renewed when its lock file changes.
$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/core: requirements.lock pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/core
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Other people's programs that read what we write: they pin what need not go with our dependencies.
$(VENV)-%/ready: requirements-%.lock
	$(PYTHON) -m venv $(VENV)-$*
	$(VENV)-$*/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
