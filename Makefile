# Two commands matter: `make run` and `make test`. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
export PORT
DOCS ?= var/docs

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Of the API documentation's scripts the pages use one; compressing the others takes longer than all else at a start.
COLLECT := $(MANAGE) collectstatic --noinput --verbosity 0 --ignore redoc \
  --ignore 'swagger-ui-standalone*'
GUNICORN := $(BIN)/python -m gunicorn --config python:config.gunicorn
# A warning of pip's about an index it didn't need would bury the lines that matter; errors still show.
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --require-hashes

# `make run` is `make serve` with these answers where the environment gives none.
LOCAL = DEBUG=false \
  SECRET_KEY="$${SECRET_KEY:-$$(cat "$${VAR_DIR:-var}/secret-key")}" \
  ALLOWED_HOSTS="$${ALLOWED_HOSTS:-127.0.0.1,localhost}" \
  TASK_WORKER="$${TASK_WORKER:-false}" \
  ADMIN="$${ADMIN:-true}" \
  LOG_FORMAT="$${LOG_FORMAT:-text}" \
  LOG_REQUESTS="$${LOG_REQUESTS:-false}" \
  SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)}"
# `check --deploy` judges a public site, so it is shown one.
PUBLIC = DEBUG=false SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
  ALLOWED_HOSTS=record.example SITE_URL=https://record.example

.PHONY: help
help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

.PHONY: run
run: .venv/runtime ## Serve the record here, with its founding statements, on PORT (8000)
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	$(MANAGE) load_founding_record
	$(MANAGE) reindex --missing
	$(MANAGE) checkpoint
	$(MANAGE) make_editor
	export $(LOCAL)
	$(COLLECT)
	echo "On Record answers at $$SITE_URL (Ctrl-C ends it)."
	exec $(GUNICORN) --log-level warning

.PHONY: serve
serve: export DEBUG := false
serve: .venv/runtime ## Serve with the environment's settings (docs/settings.md); `manage.py migrate` comes first
	@$(COLLECT)
	exec $(GUNICORN)

.PHONY: setup
setup: .venv/runtime ## Make .venv and install what runs the record

.PHONY: develop
develop: .venv/development ## Make .venv and install what tests and checks need too

.PHONY: test
test: .venv/development ## Run the suite on SQLite and on PostgreSQL (ARGS goes to pytest)
	@$(BIN)/python -m tests $(ARGS)

.PHONY: test-all
test-all: .venv/development ## Run what is too slow for `make test`: browsers, faults, pages with PostgreSQL
	@$(BIN)/python -m tests --slow $(ARGS)

.PHONY: bench
bench: .venv/development ## Measure the record beside its rivals (ARGS go to bench; docs/performance.md)
	@$(BIN)/python -m bench $(ARGS)

# Laid out as they are here, so that the links among them hold.
.PHONY: docs
docs: .venv/development ## Build the documentation as a site, in var/docs/site
	@rm -rf $(DOCS)/source
	mkdir -p $(DOCS)/source
	cp --parents -r *.md LICENSE docs deploy/README.md bench/README.md $(DOCS)/source
	DOCS_SOURCE=$(abspath $(DOCS)/source) $(BIN)/mkdocs build --quiet --site-dir $(abspath $(DOCS)/site)
	echo "Built: $(DOCS)/site/index.html"

.PHONY: screenshots
screenshots: .venv/development ## Take the documentation's pictures anew, in docs/pictures
	@KEEP_SCREENSHOTS=true $(BIN)/python -m pytest -m "" -n0 -q tests/browser/test_screenshots.py -k shows_what_its_caption

.PHONY: crash
crash: .venv/development ## Kill what runs the record while others write, and look whether anything is lost (ARGS; docs/operations.md)
	@$(BIN)/python -m bench.crash $(ARGS)

.PHONY: soak
soak: .venv/development ## Ask for twice what the machine serves, for minutes (ARGS; docs/operations.md)
	@$(BIN)/python -m bench.soak $(ARGS)

.PHONY: lint
lint: .venv/development ## Check style, types, templates, migrations and the settings of a public site
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy .
	$(BIN)/djlint --quiet --check templates || { echo "Run: make format" >&2; exit 1; }
	$(BIN)/djlint --quiet --lint templates
	$(MANAGE) makemigrations --check --dry-run
	$(PUBLIC) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: audit
audit: .venv/runtime ## Ask which faults are known of every pinned version (needs the network)
	@$(BIN)/python -m config.auditing requirements.txt

.PHONY: format
format: .venv/development ## Format Python and templates
	@$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/djlint --quiet --reformat templates || true

.PHONY: messages
messages: .venv/development ## Gather what the pages say into their catalogues, and compile them
	@$(MANAGE) messages

.PHONY: lock
lock: .venv/development ## Renew both locks from pyproject.toml
	@compile() { $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --no-annotate pyproject.toml "$$@"; }
	compile --extra dev --output-file requirements-dev.txt
	compile --constraints requirements-dev.txt --output-file requirements.txt

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	  echo "On Record needs Python 3.11 or later; name one: make run PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || {
	  echo "Installing python3-venv with apt-get …"
	  { [ "$$(id -u)" = 0 ] && apt-get -qq update && apt-get -qq install -y python3-venv; } >/dev/null 2>&1 || {
	    echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	touch $@

.venv/runtime: requirements.txt .venv/made
	@echo "Installing into .venv …"
	$(PIP) -r requirements.txt
	touch $@

.venv/development: requirements-dev.txt .venv/made
	@echo "Installing into .venv, with what tests need …"
	$(PIP) -r requirements-dev.txt
	touch $@
