# Two commands: make start (the dashboard) and make test (the tests). Everything they need they make themselves.
VENV := .venv
PYTHON := $(VENV)/bin/python

.PHONY: start test build clean
.DELETE_ON_ERROR:

start: $(VENV)/.ready
	@$(PYTHON) -m wwz start --bouw-zo-nodig

build: $(VENV)/.ready
	@$(PYTHON) -m wwz bouw

test: $(VENV)/.ready-test
	@$(PYTHON) -m pytest -q tests

$(VENV)/.ready: requirements.txt
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready tests/requirements.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) static/vendor static/kaart data/wwz.duckdb data/voorbeeld
