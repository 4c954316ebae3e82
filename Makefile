# `make graph` turns seeds/ into output/; `make test` runs all tests. Both set up .venv on first use, and only then.

VENV := .venv
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(p))))

.PHONY: graph test check clean

graph: $(VENV)/ready
	$(VENV)/bin/kg build seeds -o output

test: $(VENV)/ready-for-tests
	$(VENV)/bin/python -m pytest

check: $(VENV)/ready-for-tests
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find output -mindepth 1 ! -name .gitkeep -delete

$(VENV)/ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "kg needs Python 3.11 or newer on the PATH (or: make PYTHON=/path/to/python3)" >&2; exit 1; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet 'pip>=25.1'
	$(VENV)/bin/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready
	$(VENV)/bin/python -m pip install --quiet --group test
	@touch $@
