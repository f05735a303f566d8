# make run   sets everything up, builds the graph from data/decisions and opens the app
# make test  sets everything up with the test extras; lint, types, tests
# make judge reads all labelled documents and asks all questions, prints how much of it is right, and writes the tables of docs/accuracy.md
# What is done already is not done again: stamps in .venv and in the workspace say so.

PORT ?= 8501
WHOFUNDS_WORKSPACE ?= workspace
PIP_OPTIONS ?=
PYTEST_OPTIONS ?= -q -n 2 --dist loadgroup

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check $(PIP_OPTIONS) --constraint constraints.txt
SAMPLES := $(wildcard data/decisions/*.md data/registry/*.csv)

export WHOFUNDS_WORKSPACE

.PHONY: run test install lint types tests tools judge judge-questions weights question-weights clean help

help:
	@sed -n '1,3s/^# //p' Makefile

run: $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/whofunds app --port $(PORT)

test: $(VENV)/.tests tools lint types tests

install: $(VENV)/.installed

lint: $(VENV)/.tests
	$(BIN)/ruff check .

types: $(VENV)/.tests
	$(BIN)/mypy --strict graph ingest

tests: $(VENV)/.tests
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

# READER is the address of a second reader; JUDGE_OPTIONS as `python -m bench.judge --help` lists them.
judge: $(VENV)/.tests judge-questions
	$(BIN)/python -m bench.judge --held-out --disguises --write-docs $(if $(READER),--reader $(READER)) $(JUDGE_OPTIONS)

# Asks the questions of data/questions, and as many made from the graph as it has wordings for.
judge-questions: $(VENV)/.tests $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/python -m bench.judge.questions $(JUDGE_QUESTIONS_OPTIONS)

# Fits the weights of the reader on data/labels, calibrates them on bodies left out, and writes data/reading/weights.json.
weights: $(VENV)/.tests
	$(BIN)/python -m bench.judge --fit $(JUDGE_OPTIONS)

# Fits how questions are read and how sure an answer is, on data/asking/wordings.csv and the split `train` of data/questions:
# data/asking/weights.npz, weights.json and ranking.json. QUESTION_OPTIONS as `python -m bench.questions_rank --help` lists them.
question-weights: $(VENV)/.tests $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/python -m bench.questions_fit $(if $(filter --all,$(QUESTION_OPTIONS)),--all)
	$(BIN)/python -m bench.questions_rank $(QUESTION_OPTIONS)

# What pip cannot install. The tests that need one are skipped without it, and say so.
tools:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || echo "chromium not found, so the browser tests are skipped. To run them: sudo apt-get install chromium" >&2
	@command -v tesseract >/dev/null \
	  || echo "tesseract not found, so the OCR tests are skipped. To run them: sudo apt-get install tesseract-ocr" >&2

$(VENV)/.created:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Creating $(VENV) with $$($$python --version)" >&2; \
	    $$python -m venv $(VENV) && touch $@ && exit 0; \
	  fi; \
	done; \
	echo "No Python 3.11 or later with venv was found. To install one on Debian or Ubuntu:" >&2; \
	echo "    sudo apt-get install python3 python3-venv" >&2; \
	echo "or name yours: make run PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	@echo "Installing whofunds and its libraries (several minutes the first time)" >&2
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.created pyproject.toml constraints.txt
	@echo "Installing whofunds, its libraries and the test tools (several minutes the first time)" >&2
	@$(INSTALL) --editable '.[tests]'
	@touch $@ $(VENV)/.installed

# A document that cannot be read is reported and left out; the app starts with the others.
$(WHOFUNDS_WORKSPACE)/.samples: $(VENV)/.installed $(SAMPLES)
	@$(BIN)/whofunds ingest data/decisions && touch $@ || test -d $(WHOFUNDS_WORKSPACE)

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .pytest_cache .ruff_cache
