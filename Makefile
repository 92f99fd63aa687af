# make start: the dashboard. make test: the quick tests. Every command makes what it needs itself.
VENV := .venv
PYTHON := $(VENV)/bin/python

# Two at a time; who is done first takes over from the other.
PYTEST := $(PYTHON) -m pytest -q -ra -n auto --dist worksteal

# What was compiled is kept, also where the surroundings say otherwise: see below.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: start build test test-rest test-lang test-alles check clean
.DELETE_ON_ERROR:

start: $(VENV)/.ready
	@$(PYTHON) -m wwz start --bouw-zo-nodig

build: $(VENV)/.ready
	@$(PYTHON) -m wwz bouw

test: $(VENV)/.ready-test
	@$(PYTEST) -m "not browser and not nederland and not lang and not zwaar"

# What make test leaves out: a real browser, programs of their own, and sweeps.
test-rest: $(VENV)/.ready-test
	@$(PYTEST) -m "(browser or lang) and not nederland and not zwaar"

# What takes longest: the national tables, builds that are killed, every command. Before a release.
test-lang: $(VENV)/.ready-test
	@$(PYTEST) -m "nederland or zwaar"

test-alles: $(VENV)/.ready-test
	@$(PYTEST)

# Everything about the code that needs no running.
check: $(VENV)/.ready-test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@PYTHONPATH=. $(VENV)/bin/lint-imports
	@$(PYTHON) -m mypy

# The pip of the system fills the environment: putting a pip in it takes longer, and Debian cannot without python3-venv.
# A pip too old for that (before 22.3) is not used; then the environment gets its own.
# Of what is installed a fraction is ever imported, and Python compiles that when it first meets it.
define install
	@if python3 -m pip --python $(PYTHON) --version >/dev/null 2>&1; \
	then python3 -m pip --python $(PYTHON) install --quiet --no-compile --disable-pip-version-check -r $(1); \
	else $(PYTHON) -m ensurepip >/dev/null && \
	$(PYTHON) -m pip install --quiet --no-compile --disable-pip-version-check -r $(1); fi
endef

$(VENV)/.ready: requirements.txt
	@echo "Omgeving maken in $(VENV) (eenmalig, een minuut of iets langer)."
	@python3 -m venv --without-pip $(VENV)
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready tests/requirements.txt
	$(call install,tests/requirements.txt)
	@touch $@

clean:
	rm -rf $(VENV) static/vendor static/kaart data/wwz.duckdb data/voorbeeld
