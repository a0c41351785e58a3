# Everything a person or CI does with Clauses. VENV and PYTHON can be given: make test VENV=/tmp/venv PYTHON=python3.12
VENV ?= .venv
PYTHON ?= python3
SETS ?= ../shared/eval
PARALLEL ?= ../shared/parallel
QUESTIONS ?= $(SETS)/brussels/questions.jsonl
BIN := $(VENV)/bin
AXE := tests/page
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install install-dev chat test test-page axe screenshots page-figures mutated lint types figures quality fit lexicon lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

install: $(VENV)/.installed  ## install Clauses into .venv

install-dev: $(VENV)/.installed-dev  ## install also what the checks need

chat: install  ## open the chat page on http://127.0.0.1:7860
	$(BIN)/clauses serve

test: install-dev  ## all tests but those of the page
	$(BIN)/python -m pytest tests --ignore=tests/page $(ARGS)

test-page: install-dev axe  ## the page tests, in Chromium
	$(BIN)/python -m pytest tests/page $(ARGS)

# axe-core, for test_axe.py; without npm that test says why it is skipped.
axe:
	@if command -v npm >/dev/null; then \
		cmp -s $(AXE)/package-lock.json $(AXE)/node_modules/.clauses-lock || { \
			npm ci --prefix $(AXE) --ignore-scripts --no-audit --no-fund && cp $(AXE)/package-lock.json $(AXE)/node_modules/.clauses-lock; }; \
	else echo "no npm here: test_axe.py is skipped"; fi

screenshots: install-dev  ## remake the pictures of the page in docs/
	$(BIN)/python -m tests.page.screenshots docs

page-figures: install-dev  ## measure the page into docs/page.md: first sentence, 50 people at once, a slow reader
	$(BIN)/python -m tests.page.figures docs/page.md $(QUESTIONS)

lint: install-dev  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev  ## mypy, strict
	$(BIN)/mypy

figures: install  ## measure the main job; QUESTIONS=file of questions about the document that ships
	$(BIN)/clauses eval brussels $(QUESTIONS) --write README.md $(ARGS)

mutated: install-dev  ## damage 10,000 files, those in SETS/files among them, and add them: nothing may break
	MUTATED=10000 MUTATED_FOLDER=$(SETS)/files $(BIN)/python -m pytest -s tests/index/test_mutated.py $(ARGS)

quality: install  ## measure everything into docs/quality.md, some 70 minutes; SETS=folder of the dev sets, VECTORS=file that keeps the vectors for the next run; ONLY="finding refusing" leaves the other sections
	$(BIN)/clauses eval quality $(SETS) --write docs/quality.md $(if $(VECTORS),--vectors $(VECTORS)) $(ONLY:%=--only %)

fit: install-dev  ## learn the choice of sentences, ranking and refusal anew from the dev sets in SETS, some 50 minutes; VECTORS=file that keeps the vectors
	$(BIN)/clauses fit sentences $(SETS) --out rag/sentences.json --folds rag/evaluate/held_out.npz $(if $(VECTORS),--vectors $(VECTORS))
	$(BIN)/clauses fit fusion $(SETS) --out rag/weights.json $(if $(VECTORS),--vectors $(VECTORS))
	$(BIN)/clauses fit refusal $(SETS) --out rag/refusal.json --asking index/lexicon/asking.json --curve docs/reliability.svg $(if $(VECTORS),--vectors $(VECTORS))

# The order of the files is part of the bytes: those of PARALLEL by name, then the resolutions.
lexicon: install  ## learn index/lexicon/un.npz anew, byte for byte, some 2 minutes; PARALLEL, SETS=folders of aligned text
	@test -n "$(wildcard $(PARALLEL)/*.jsonl)" || { echo "$(PARALLEL) holds no .jsonl; name the folder: make lexicon PARALLEL=…" >&2; exit 1; }
	$(BIN)/clauses lexicon learn $(sort $(wildcard $(PARALLEL)/*.jsonl)) $(SETS)/un_ga/paragraphs.jsonl --out index/lexicon/un.npz

# Both locks anew, with the newest versions that pyproject.toml admits. "+cpu" goes: the same pin must fit every platform.
lock: install-dev  ## remake requirements.lock and requirements-dev.lock
	$(call compile,requirements.lock,the packages Clauses runs with,--upgrade)
	$(call compile,requirements-dev.lock,the same packages and those of the checks,--upgrade --extra dev --constraint requirements.lock)

define compile
	@echo "resolving $(1)"
	@rm -f $(1).new
	@$(BIN)/pip-compile pyproject.toml --output-file $(1).new $(3) --quiet --no-header --strip-extras --allow-unsafe \
		--all-build-deps --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
	@{ echo "# Exact versions of $(2). Made by 'make lock' (Linux, Python 3.11);"; \
	   echo "# on other systems pip adds what torch and others need there. No hashes: torch's build differs by platform,"; \
	   echo "# and its CPU build and its CUDA build have the same version here."; \
	   sed -e '/considered to be unsafe/d' -e 's/^\(torch==[0-9.]*\)+cpu/\1/' $(1).new; } > $(1).tmp
	@rm -f $(1).new
	@! grep -nE '://|^-|^[^#]* @ ' $(1).tmp || { echo "$(1).tmp names a place, see above" >&2; exit 1; }
	@mv $(1).tmp $(1)
endef

clean:  ## remove .venv and what the tools left behind; documents and models stay
	rm -rf .venv build dist clauses.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip's progress is for a person; in a log its warnings and bars are noise, its errors are not.
define pip_install
	@echo "installing $(1) into $(VENV); the first time takes some minutes"
	@quiet=-qq; [ -t 1 ] && quiet=; $(PIP) install $$quiet --requirement $(1) && \
		$(PIP) install -qq --no-deps --no-build-isolation --editable .
endef

# A stamp is touched last, so an interrupted install is taken up again; the second `make install` does nothing.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Clauses needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)." >&2; \
		echo "Name another one: make install PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "No virtual environment could be made in $(VENV). On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(call pip_install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(call pip_install,requirements-dev.lock)
	@touch $(VENV)/.installed $@
