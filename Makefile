# `make` alone lists what there is. Everything runs from .venv, which is built here and kept until a lock file changes.

VENV    := .venv
BIN     := $(VENV)/bin
RUNTIME := $(VENV)/.installed-runtime
DEV     := $(VENV)/.installed-dev
CLIENTS := $(VENV)/clients
KOLIBRI := $(VENV)/kolibri
ARGS    ?=
LOCK    := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
           --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help demo run test bench check static fmt lint types imports compose migrate schema lock clean python

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME) ## set up, play the journey, print the report, keep serving (PORT=8000; ONCE=1 stops after the report)
	@$(BIN)/chapterhouse demo $(if $(ONCE),--once)

run: $(RUNTIME) ## serve with data that stay, under .data/ (PORT=8000; DATABASE_URL for a PostgreSQL 18 of your own)
	@$(BIN)/chapterhouse run

test: $(DEV) $(CLIENTS)/.installed $(KOLIBRI)/.installed ## the tests (ARGS="-k invoice" for some)
	@$(BIN)/pytest $(ARGS)

check: static test ## the whole gate: format, lint, types, imports, snapshots, compose file, tests

static: lint types imports compose
	@$(BIN)/chapterhouse schema --check
	@$(BIN)/chapterhouse schema --sql --check

fmt: $(DEV) ## format and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(DEV) ## format and lint, changing nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(DEV) ## mypy --strict
	@$(BIN)/mypy

imports: $(DEV) ## who may import whom
	@PYTHONPATH=. $(BIN)/lint-imports

compose: $(DEV) ## docker-compose.yml against the Compose specification
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

migrate: $(RUNTIME) ## bring the database of MIGRATION_DATABASE_URL up to date
	@$(BIN)/chapterhouse migrate

schema: $(DEV) ## write schema.graphql and schema.sql anew
	@$(BIN)/chapterhouse schema --write
	@$(BIN)/chapterhouse schema --sql --write

lock: ## resolve the dependencies anew (needs uv)
	@$(LOCK) --extra embedded --group build pyproject.toml -o requirements.lock
	@$(LOCK) --extra embedded --extra browser --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(LOCK) tests/clients/ariadne/pyproject.toml -o tests/clients/ariadne/requirements.lock
	@$(LOCK) tests/lms_admin/kolibri/pyproject.toml -o tests/lms_admin/kolibri/requirements.lock
	@cd tests/clients && PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts >/dev/null

bench: $(DEV) ## measure reads against the peers, and a billing run; writes bench/results.md and billing.md (ARGS="--quick" to try)
	@$(BIN)/python -m bench $(ARGS)

clean: ## remove the environment, the caches and all local data
	@if [ -x $(BIN)/chapterhouse ]; then $(BIN)/chapterhouse clean; fi
	@rm -rf $(VENV) .data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment ---------------------------------------------------------------------------------------------------
# A stamp is a copy of what it was installed from, so that only a change installs again.

python:
	@$(BIN)/python -c '' 2>/dev/null || { \
	  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do \
	    $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && found=$$candidate && break; \
	  done; \
	  [ -n "$$found" ] || { echo "Chapterhouse needs Python 3.11 or newer: install it, so that python3 is on the PATH."; exit 1; }; \
	  $$found -c 'import ensurepip, venv' 2>/dev/null || { echo "$$found has no venv module: install it (Debian and Ubuntu: apt install python3-venv)."; exit 1; }; \
	  $$found -m venv --clear $(VENV) || { echo "$$found could not make $(VENV): see the lines above."; exit 1; }; \
	}

define install
	@cat $< pyproject.toml | cmp -s - $@ || { \
	  echo "Installing from $<, once"; \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $< \
	  && $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable . \
	  && cat $< pyproject.toml > $@; \
	}
endef

$(RUNTIME): requirements.lock python
	$(install)

$(DEV): requirements-dev.lock python
	$(install)
	@cat requirements.lock pyproject.toml > $(RUNTIME)

# The tools of other people's clients: npm's by a lock file without addresses, a Python one in an environment of its own,
# because it does not go together with our packages.
$(CLIENTS)/.installed: $(DEV)
	@cat tests/clients/package-lock.json tests/clients/ariadne/requirements.lock | cmp -s - $@ || { \
	  echo "Installing the clients' tools from tests/clients, once"; \
	  rm -rf $(CLIENTS) && mkdir -p $(CLIENTS) \
	  && cp tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc $(CLIENTS) \
	  && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --loglevel=error --prefix $(CLIENTS) >/dev/null \
	  && $(BIN)/python -m venv $(CLIENTS)/ariadne \
	  && $(CLIENTS)/ariadne/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
	       -r tests/clients/ariadne/requirements.lock \
	  && cat tests/clients/package-lock.json tests/clients/ariadne/requirements.lock > $@; \
	}

# A real LMS for the tests to start; it is compiled as far as it is used. It takes no Python beyond 3.14.
$(KOLIBRI)/.installed: tests/lms_admin/kolibri/requirements.lock $(DEV)
	@cmp -s $< $@ || ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 15))' || { \
	  echo "Installing Kolibri from $<, once"; \
	  rm -rf $(KOLIBRI) && $(BIN)/python -m venv --without-pip $(KOLIBRI) \
	  && $(BIN)/python -m pip --python $(KOLIBRI) install -qq --disable-pip-version-check --no-compile --no-deps --require-hashes \
	       -r $< \
	  && cp $< $@; \
	}
