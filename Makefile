# Paths are relative to this folder, so that it may lie anywhere, also where a name holds a space.
# Settings can stand after the command: make run PORT=8600 CHARTER_DEMONSTRATION=0

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test reports-check torture format lock

PYTHON := .venv/bin/python
# Compiled modules are kept, whatever the surroundings say: the tests start Python some hundred times.
export PYTHONDONTWRITEBYTECODE :=

# Installs what a list of requirements names, with uv where it is present and with pip where it is not. The stamp is
# written last, so that an installation which was broken off is taken up again.
define install
	@echo "Installing $(1) ..." >&2
	@if command -v uv >/dev/null 2>&1; then \
		uv pip install --quiet --python $(PYTHON) -r $(1); \
	else \
		{ $(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip --upgrade >/dev/null; } && \
		$(PYTHON) -m pip install -qq --disable-pip-version-check -r $(1); \
	fi
	@touch $@
endef

help: ## List these commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

run: .venv/.run-ready ## Install what is needed, prepare the store, and start the site (PORT=8501)
	@exec $(PYTHON) -m charter run

test: .venv/.test-ready ## Install what the tests need, check the code, and run every test
	@$(PYTHON) -m tests.browser.find_chromium >/dev/null
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy .
	@$(PYTHON) -m pytest -n 3 --dist worksteal

reports-check: .venv/.test-ready ## Open every report in LibreOffice, which this alone installs, and look at its pages
	@$(PYTHON) -m tests.office

torture: .venv/.test-ready ## Attack the site, kill it, and feed it bad input, in the full counts (PART=kills for one)
	@$(PYTHON) -m tests.torture $(PART)

format: .venv/.test-ready ## Put the code into its one format
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

lock: ## Write the exact versions anew from requirements.in and tests/requirements.in (needs uv)
	@command -v uv >/dev/null 2>&1 || { echo "make lock needs uv, from https://docs.astral.sh/uv/" >&2; exit 1; }
	@for folder in . tests; do \
		(cd "$$folder" && uv pip compile --quiet --no-header --no-annotate --no-emit-index-url --python-version 3.11 \
			requirements.in --output-file requirements.txt >/dev/null) || exit 1; \
	done

.venv/.run-ready: requirements.txt | $(PYTHON)
	$(call install,requirements.txt)

.venv/.test-ready: tests/requirements.txt .venv/.run-ready
	$(call install,tests/requirements.txt)

# A shim may bear a name and yet start nothing, so each candidate is asked for its version.
$(PYTHON):
	@for candidate in python3.11 python3 python; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			found=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.11 is needed, and was not found. Install it and try again." >&2; exit 1; fi; \
	rm -rf .venv; trap 'rm -rf .venv; exit 1' INT TERM HUP; \
	if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --python "$$("$$found" -c 'import sys; print(sys.executable)')" .venv; \
	else \
		"$$found" -m venv .venv; \
	fi || { rm -rf .venv; echo "The virtual environment could not be made; on Debian, install python3-venv." >&2; exit 1; }
