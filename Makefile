# Wenlock. Needs Python 3.11 or later, make and a C library; the recipes obtain the rest.
# Paths are relative, so that the folder may have spaces in its name.

.DEFAULT_GOAL := help
.PHONY: demo test check fix lock clean help python run-environment dev-environment assets browser mail-server

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
endif
ENV := DJANGO_SETTINGS_MODULE=wenlock.web.settings

help:  ## say what each target does
	@awk -F '## ' '/^[a-z]+:.*## / {split($$1, t, ":"); printf "  make %-6s %s\n", t[1], $$2}' Makefile

demo: run-environment assets  ## start a council with invented families at http://127.0.0.1:8000
	@.venv/bin/wenlock demo

test: dev-environment assets browser mail-server  ## run every test; ARGS="-k word" chooses
	@.venv/bin/python -m pytest $(ARGS)

check: dev-environment assets  ## check style, types, layers and migrations
	@echo "check: ruff" && .venv/bin/python -m ruff check --quiet .
	@echo "check: format" && .venv/bin/python -m ruff format --quiet --check .
	@echo "check: types" && .venv/bin/python -m mypy --no-error-summary
	@echo "check: layers" && .venv/bin/lint-imports --no-logo > .tools/layers 2>&1 || { cat .tools/layers; exit 1; }
	@echo "check: migrations" && $(ENV) .venv/bin/python -m django makemigrations --check --dry-run -v 1

fix: dev-environment  ## put style right where a machine can
	@.venv/bin/python -m ruff check --quiet --fix . ; .venv/bin/python -m ruff format .

lock: python  ## write the hashed locks; ARGS=--upgrade for newer versions
	@"$(PYTHON)" scripts/lock.py $(ARGS)

clean:  ## remove what make made; the records in var stay
	@rm -rf .venv .tools src/wenlock/base/static/vendor
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "clean: done; var, with the database and documents, is untouched"

python:
	@test -n "$(PYTHON)" || { echo "make: install Python 3.11 or later, or say PYTHON=/path/to/it" >&2; exit 1; }

run-environment: python
	@"$(PYTHON)" scripts/environment.py run

dev-environment: python
	@"$(PYTHON)" scripts/environment.py dev

assets: python
	@"$(PYTHON)" scripts/assets.py

browser: dev-environment  # not beside it: both may call apt, which allows one at a time
	@"$(PYTHON)" scripts/browser.py

mail-server: browser  # after it, for the same reason
	@"$(PYTHON)" scripts/mail_server.py
