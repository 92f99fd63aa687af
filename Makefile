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
	@$(PYTHON) -m pytest -q -n auto --dist loadfile --no-loadscope-reorder tests

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
