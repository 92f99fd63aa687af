# make start: the dashboard. make test: the quick tests. Every command makes what it needs itself.
VENV := .venv
PYTHON := $(VENV)/bin/python

# Two at a time; who is done first takes over from the other.
PYTEST := $(PYTHON) -m pytest -q -ra -n auto --dist worksteal

.PHONY: start build test test-rest test-alles check clean
.DELETE_ON_ERROR:

start: $(VENV)/.ready
	@$(PYTHON) -m wwz start --bouw-zo-nodig

build: $(VENV)/.ready
	@$(PYTHON) -m wwz bouw

test: $(VENV)/.ready-test
	@$(PYTEST) -m "not browser and not nederland"

# What make test leaves out: a real browser, and the national tables.
test-rest: $(VENV)/.ready-test
	@$(PYTEST) -m "browser or nederland"

test-alles: $(VENV)/.ready-test
	@$(PYTEST)

# Everything about the code that needs no running.
check: $(VENV)/.ready-test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@PYTHONPATH=. $(VENV)/bin/lint-imports
	@if [ -f mypy.ini ]; then $(PYTHON) -m mypy; fi

# Debian without python3-venv cannot put pip in a new environment; the pip of the system then fills it.
define install
	@if $(PYTHON) -m pip --version >/dev/null 2>&1; \
	then $(PYTHON) -m pip install --quiet --disable-pip-version-check -r $(1); \
	else python3 -m pip --python $(PYTHON) install --quiet --disable-pip-version-check -r $(1); fi
endef

$(VENV)/.ready: requirements.txt
	@echo "Omgeving maken in $(VENV) (eenmalig, een paar minuten)."
	@python3 -m venv $(VENV) >/dev/null 2>&1 || python3 -m venv --clear --without-pip $(VENV)
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready tests/requirements.txt
	$(call install,tests/requirements.txt)
	@touch $@

clean:
	rm -rf $(VENV) static/vendor static/kaart data/wwz.duckdb data/voorbeeld
