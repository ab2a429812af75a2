# `make run` on a fresh clone sets everything up and shows a comparison of provinces; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
LOCK := requirements/dev.txt
SUPPLY := build/supply
SUPPLY_RUN := PATH="$(CURDIR)/$(SUPPLY)/bin:$$PATH" $(SUPPLY)/bin/python
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
DB := outputs/facts.db
EVAL_DB := outputs/eval.db
TRIAL_DB := outputs/trial.db
WIDE_DB := outputs/wide.db
# e.g. make bench BENCH=--quick
BENCH ?=
# e.g. make faults FAULTS='--times 300 run power'
FAULTS ?=
# e.g. make pump PUMP='--only ingest --variants 1'
PUMP ?=
# e.g. make soak SOAK='--articles 5000'
SOAK ?=
# e.g. make bounds TESTS=tests/test_outputs.py
TESTS ?=
# e.g. make audit SERVICE=osv
SERVICE ?= pypi
SIEGE ?=
FUZZ ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.PHONY: setup
setup: $(STAMP) ## make .venv with the program and the tools to test it

# Only another lock or pyproject.toml asks for a new set-up; the code itself is installed in place.
$(STAMP): $(LOCK) pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tinhgon needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# Apart from the environment that they lock and judge, so that a broken one can be mended.
$(SUPPLY)/.set-up: pyproject.toml
	$(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(SUPPLY)/bin/python -m pip install --quiet --group supply
	@touch $@

.PHONY: lock
lock: $(SUPPLY)/.set-up ## choose the newest versions that pyproject.toml allows, and write them with hashes to requirements/dev.txt
	$(SUPPLY)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --group dev --extra cluster \
		--generate-hashes --custom-compile-command 'make lock' --output-file $(LOCK) pyproject.toml

.PHONY: licences
licences: $(STAMP) ## the licence of everything that is installed; fails on one that is not allowed
	$(BIN)/python scripts/licences.py

.PHONY: audit
audit: $(SUPPLY)/.set-up ## known weaknesses of what is locked; needs the network, and fails where nobody could be asked
	$(SUPPLY_RUN) scripts/audit.py --service $(SERVICE)

.PHONY: bounds
bounds: $(SUPPLY)/.set-up ## all tests with the lowest versions that pyproject.toml allows, and with the newest
	$(SUPPLY_RUN) scripts/try_environments.py lowest newest --jobs $(JOBS) --tests '$(TESTS)'

.PHONY: package
package: $(SUPPLY)/.set-up ## build the last commit twice, install the wheel without the tools, and run it there
	$(SUPPLY_RUN) scripts/try_package.py

.PHONY: pythons
pythons: $(SUPPLY)/.set-up ## all tests on each Python that pyproject.toml names, with what is locked
	$(SUPPLY_RUN) scripts/try_environments.py --jobs $(JOBS) --tests '$(TESTS)'

.PHONY: run
run: $(STAMP) ## facts from the articles in corpus/texts, then a comparison of provinces
	$(BIN)/tinhgon run corpus/texts --db $(DB) --jobs $(JOBS)
	$(BIN)/tinhgon compare $(DB) --measure concurrent_posts --roles bi_thu_cap_uy+chu_tich_ubnd --by province

.PHONY: test
test: lint type pytest ## lint, types, import contracts and all tests

.PHONY: pytest
pytest: $(STAMP) ## the tests alone
	$(BIN)/python -m pytest -n $(JOBS)

.PHONY: lint
lint: $(STAMP) ## style and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

.PHONY: type
type: $(STAMP) ## static types
	$(BIN)/mypy

.PHONY: eval
eval: $(STAMP) ## compare the output on corpus/ with its gold records; fails below the floors.toml beside them
	@rm -f $(EVAL_DB) $(TRIAL_DB) $(WIDE_DB)
	$(BIN)/tinhgon run corpus/texts --db $(EVAL_DB) --jobs $(JOBS) --quiet
	$(BIN)/tinhgon evaluate $(EVAL_DB) corpus/gold --floors corpus/floors.toml
	$(BIN)/tinhgon run corpus/trial/texts --db $(TRIAL_DB) --jobs $(JOBS) --quiet
	$(BIN)/tinhgon evaluate $(TRIAL_DB) corpus/trial/gold --floors corpus/trial/floors.toml
	$(BIN)/tinhgon run corpus/wide/texts --db $(WIDE_DB) --jobs $(JOBS) --quiet
	$(BIN)/tinhgon evaluate $(WIDE_DB) corpus/wide/gold --floors corpus/wide/floors.toml

.PHONY: judge
judge: $(STAMP) ## train the weights behind each fact's confidence on corpus/, and write patterns/judge.yaml
	$(BIN)/python -m pip install --quiet --group train
	$(BIN)/python scripts/train_judge.py

.PHONY: second-opinion
second-opinion: $(STAMP) ## what a learned name finder would add to the holders found by rules
	$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python scripts/second_opinion.py

.PHONY: format
format: $(STAMP) ## put the code into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: docs
docs: run eval ## write docs/commands.md and the outputs shown in README.md anew
	$(BIN)/python scripts/build_docs.py
	$(BIN)/python scripts/draw_desk.py

.PHONY: bench
bench: $(STAMP) ## speed and memory of whole runs on 50,000 invented articles, stage by stage, and against peers
	$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python scripts/bench.py $(BENCH)

.PHONY: serve
serve: $(STAMP) ## the facts of `make run` as a site on this machine, to be looked at and corrected
	@test -e $(DB) || $(MAKE) run
	$(BIN)/tinhgon serve $(DB) --review

.PHONY: bench-desk
bench-desk: $(STAMP) ## how long each page of the site takes over a million facts
	$(BIN)/python scripts/bench_desk.py

.PHONY: siege
siege: $(STAMP) ## 200 readers at once for three minutes: errors, memory, open files; e.g. make siege SIEGE='--seconds 3600'
	@test -e $(DB) || $(MAKE) run
	$(BIN)/python scripts/siege.py $(DB) $(SIEGE)

.PHONY: attack
attack: $(STAMP) ## every value in every parameter of the site, and hundreds of questions to its JSON
	TINHGON_THOROUGH=1 $(BIN)/python -m pytest tests/web/test_sql.py tests/web/test_api.py

.PHONY: formats
formats: $(STAMP) ## the same ten articles in every format and encoding: are the facts the same?
	$(BIN)/python scripts/compare_formats.py

.PHONY: faults
faults: $(STAMP) ## kill, starve and lock out runs again and again, resume them, and compare with a run left in peace
	$(BIN)/python scripts/fault_test.py $(FAULTS)

.PHONY: pump
pump: $(STAMP) ## every regular expression against texts made to send it back and forth, up to a million letters
	$(BIN)/python scripts/pump.py $(PUMP)

.PHONY: soak
soak: $(STAMP) ## 100,000 invented articles in one long run, broken off now and then: does anything grow, is anything lost?
	$(BIN)/python scripts/soak.py $(SOAK)

.PHONY: fuzz
fuzz: $(STAMP) ## hostile input, guided by coverage: make fuzz FUZZ="--target file --seconds 3600"
	$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python scripts/fuzz.py $(FUZZ)

.PHONY: copies
copies: $(STAMP) ## how well copies of articles are found, on edited copies of the corpus
	$(BIN)/python scripts/measure_copies.py

.PHONY: clean
clean: ## remove what the targets made, but not the environment
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find outputs -mindepth 1 ! -name README.md -delete
	find pipeline tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
