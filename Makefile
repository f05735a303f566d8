# make run       sets everything up, builds the graph from data/decisions and opens the app
# make test      sets everything up with the test extras; lint, types, tests
# make install   sets the command line and the app up; with EXTRAS="ocr cluster" these extras as well
# make light     sets the command line and the app up without torch: half the disk, and no other embedding model than the packaged one
# make judge     reads all labelled documents and asks all questions, prints how much of it is right, and writes the tables of docs/accuracy.md
# make lock      writes constraints.txt and bench/supply/locked from pyproject.toml; UPGRADE="NAMES" takes the newest of these packages, UPGRADE=all of all
# make licences  prints the licence of every installed package and fails if one is not allowed
# make sbom      writes sbom.json, the bill of everything that is installed (CycloneDX)
# What is done already is not done again: stamps in .venv and in the workspace say so.

PORT ?= 8501
WHOFUNDS_WORKSPACE ?= workspace
# Most of what is installed is never imported, so Python compiles what is when it first is: 0.4 GB less on the disk.
PIP_OPTIONS ?= --no-compile
PYTEST_OPTIONS ?= -q -n 2 --dist loadgroup

SHELL := bash
VENV := .venv
BIN := $(VENV)/bin
LOCKED := bench/supply/locked
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Every file must have a hash that stands in the list, and nothing is built: no package's code runs while it is installed.
INSTALL := $(PIP) install --progress-bar off --require-hashes --no-deps --only-binary :all: $(PIP_OPTIONS) --requirement
# How far pip is, in a terminal as in a log: every twentieth package, and each that is large.
HOW_FAR = awk '\
  /^Collecting / && ++n % 20 == 0 { print "  " n " packages" } \
  /^ *(Downloading|Using cached) .* MB\)/ && substr($$(NF - 1), 2) + 0 >= 20 { print "  " $$(NF - 2) " " $$(NF - 1) " MB)" } \
  /^Installing collected/ { print "  all " n " are here; writing them to the disk takes a minute or two" } \
  { fflush() }' >&2
# A list of packages, installed with word of how far that is; quietly, where it is short.
with_word = set -o pipefail; $(INSTALL) $(1) | $(HOW_FAR)
# What packages bring and nothing here loads: tests, headers, onnxruntime's second library and its tools.
unused = cd $(VENV)/lib/python3*/site-packages && rm -rf torch/{test,include} pandas/tests pyarrow/{tests,include} \
  plotly/labextension onnxruntime/{transformers,tools,quantization} onnxruntime/capi/libonnxruntime.so* && \
  { [ ! -d torch/bin ] || find torch/bin -type f ! -name torch_shm_manager -delete; }
OURSELVES := $(PIP) install -qq --no-deps --no-index --no-build-isolation --editable .
SAMPLES := $(wildcard data/decisions/*.md data/registry/*.csv)

export WHOFUNDS_WORKSPACE

.PHONY: run test install light lint types tests tools judge judge-questions weights carrier-weights question-weights lock licences sbom clean help anew

help:
	@sed -n '1,/^$$/s/^# //p' Makefile

run: $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/whofunds app --port $(PORT)

test: $(VENV)/.extra-tests tools lint types tests

install: $(VENV)/.installed $(EXTRAS:%=$(VENV)/.extra-%)

light: $(VENV)/.light

lint: $(VENV)/.extra-tests
	$(BIN)/ruff check .

types: $(VENV)/.extra-tests
	$(BIN)/mypy --strict graph ingest whofunds

tests: $(VENV)/.extra-tests
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

# READER is the address of a second reader; JUDGE_OPTIONS as `python -m bench.judge --help` lists them.
judge: $(VENV)/.extra-tests judge-questions
	$(BIN)/python -m bench.judge --held-out --disguises --write-docs $(if $(READER),--reader $(READER)) $(JUDGE_OPTIONS)

# Asks the questions of data/questions, and as many made from the graph as it has wordings for.
judge-questions: $(VENV)/.extra-tests $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/python -m bench.judge.questions $(JUDGE_QUESTIONS_OPTIONS)

# Fits weights of the reader on data/labels, calibrates on data/first_sight, and writes data/reading/weights.json. SLOTS: those
# whose newest fit makes no fewer of the totals right that were added up by hand (docs/accuracy.md).
SLOTS = body
weights: $(VENV)/.extra-tests
	$(BIN)/python -m bench.judge --fit --slots $(SLOTS) $(JUDGE_OPTIONS)

# Fits which words around a question ask for nothing, data/asking/carriers.npz; a quarter of an hour. Then fit question-weights.
carrier-weights: $(VENV)/.extra-tests
	$(BIN)/python -m bench.carriers_fit

# Fits how questions are read and how sure an answer is, on data/asking/wordings.csv and the split `train` of data/questions:
# data/asking/weights.npz, weights.json, phrases.npz and ranking.json. QUESTION_OPTIONS as `python -m bench.questions_rank --help` lists them.
question-weights: $(VENV)/.extra-tests $(WHOFUNDS_WORKSPACE)/.samples
	$(BIN)/python -m bench.questions_fit $(if $(filter --all,$(QUESTION_OPTIONS)),--all)
	$(BIN)/python -m bench.questions_rank $(QUESTION_OPTIONS)

# What pip cannot install. The tests that need one are skipped without it, and say so.
tools:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || echo "chromium not found, so the browser tests are skipped. To run them: sudo apt-get install chromium" >&2
	@command -v tesseract >/dev/null \
	  || echo "tesseract not found, so the OCR tests are skipped. To run them: sudo apt-get install tesseract-ocr" >&2
	@command -v soffice >/dev/null \
	  || echo "soffice not found, so briefings are not opened with LibreOffice. To do so: sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui" >&2

# An environment names its own folder and works in no other: one that was copied or moved with its stamps is made anew.
ELSEWHERE := $(shell test ! -e $(VENV)/.created || grep -qsF " $(realpath $(VENV))" $(VENV)/pyvenv.cfg || echo yes)

$(VENV)/.created: $(if $(ELSEWHERE),anew)
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Creating $(VENV) with $$($$python --version)" >&2; \
	    $$python -m venv $(if $(ELSEWHERE),--clear) $(VENV) && touch $@ && exit 0; \
	  fi; \
	done; \
	echo "No Python 3.11 or later with venv was found. To install one on Debian or Ubuntu:" >&2; \
	echo "    sudo apt-get install python3 python3-venv" >&2; \
	echo "or name yours: make run PYTHON=/path/to/python3" >&2; \
	exit 1

# torch comes as a build for the processor alone where pip finds one, else as the index has it, on Linux for graphics cards.
$(VENV)/.installed: $(VENV)/.created pyproject.toml setup.py $(LOCKED)/core.txt $(LOCKED)/processor.txt $(LOCKED)/graphics.txt
	@echo "Installing whofunds and its libraries: 0.8 GB to fetch, 1.8 GB on the disk, some minutes the first time (make light: 0.5 and 0.9 GB)" >&2
	@$(INSTALL) $(LOCKED)/processor.txt >/dev/null 2>&1 || { \
	  echo "No build of torch for the processor alone was found; installing the index's, on Linux several GB more (make light takes none; docs/dependencies.md)" >&2; \
	  $(call with_word,$(LOCKED)/graphics.txt); }
	@$(call with_word,$(LOCKED)/core.txt)
	@$(unused)
	@$(OURSELVES)
	@$(PIP) check >/dev/null || { $(PIP) check; echo "After a change of pyproject.toml: make lock"; } >&2
	@touch $@

$(VENV)/.light: $(VENV)/.created pyproject.toml setup.py $(LOCKED)/light.txt
	@echo "Installing whofunds without torch: 0.5 GB to fetch, 0.9 GB on the disk" >&2
	@$(call with_word,$(LOCKED)/light.txt)
	@$(unused)
	@$(OURSELVES)
	@touch $@

$(VENV)/.extra-%: $(VENV)/.installed $(LOCKED)/%.txt
	@echo "Installing what the extra $* needs" >&2
	@$(call with_word,$(LOCKED)/$*.txt)
	@touch $@

# Only uv: a library that is not locked yet cannot be installed yet.
$(VENV)/.uv: $(VENV)/.created $(LOCKED)/lock.txt
	@$(INSTALL) $(LOCKED)/lock.txt >/dev/null
	@touch $@

# Reads what the packages need and runs none of their code.
lock: $(VENV)/.uv
	$(BIN)/python -m bench.supply.lock $(if $(UPGRADE),--upgrade $(UPGRADE))

licences: $(VENV)/.extra-tests
	$(BIN)/python -m bench.supply.licences

sbom: $(VENV)/.extra-sbom
	$(BIN)/python -m bench.supply.sbom sbom.json

# A document that cannot be read is reported and left out; the app starts with the others.
$(WHOFUNDS_WORKSPACE)/.samples: $(VENV)/.installed $(SAMPLES)
	@$(BIN)/whofunds ingest data/decisions && touch $@ || test -d $(WHOFUNDS_WORKSPACE)

clean:
	rm -rf $(VENV) *.egg-info build .mypy_cache .pytest_cache .ruff_cache
