# The same words for people and for CI. `make run` and `make test` need nothing set up before.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Wheels only, so that nothing is compiled here; these few exist as (pure) source alone.
WHEELS := --only-binary :all: --no-binary kiwipiepy_model
RULES ?=
QUESTIONS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check static eval bench prompts-lock constraints clean

help: ## Show these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.installed ## Install on first use, then serve the page on 127.0.0.1
	@$(BIN)/gongmun run

test: $(VENV)/.installed-dev static ## Everything: style, types, imports, all tests
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev static ## Before a commit: as test, without the browser and slow tests
	$(BIN)/python -m pytest -q -m "not browser and not slow"

static: $(VENV)/.installed-dev
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: $(VENV)/.installed ## Quality on a question set: make eval RULES=folder QUESTIONS=file.jsonl
	@test -n "$(RULES)" -a -n "$(QUESTIONS)" || { \
	  echo "make eval needs RULES=<folder of rules> QUESTIONS=<file.jsonl>"; exit 2; }
	$(BIN)/python -m evals retrieval --rules "$(RULES)" --questions "$(QUESTIONS)"
	$(BIN)/python -m evals answers --rules "$(RULES)" --questions "$(QUESTIONS)"

bench: $(VENV)/.installed ## Speed of reading in and of finding at 20,000 and 200,000 chunks
	$(BIN)/python -m evals readbench
	$(BIN)/python -m evals bench

prompts-lock: $(VENV)/.installed ## Write prompts/prompts.lock anew after a change of wording
	$(BIN)/python -m assistant.prompts lock

constraints: $(VENV)/.installed-dev ## Write constraints.txt from what is installed
	$(PIP) freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==[^ ]+$$' > constraints.txt

clean: ## Remove the environment and caches; the data folder stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Gongmun needs Python 3.11 or newer; '$(PYTHON)' is missing or older."; \
	  echo "Install it, or name another one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments (venv or ensurepip is missing)."; \
	  echo "On Debian or Ubuntu: sudo apt install python3-venv. Then run make again."; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -qq --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	@echo "Installing Gongmun (a few minutes on first use) ..."
	@$(PIP) install -qq $(WHEELS) -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(PIP) install -qq $(WHEELS) -c constraints.txt -e ".[dev]"
	@touch $@
