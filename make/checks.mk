# Checking and testing. `make test ARGS="tests/vault -x"` runs a part.
ARGS ?=
WORKERS ?= auto
DJANGO := $(BIN)/python -m django
CODE := firsthand tests $(wildcard bench)
PYTEST := $(BIN)/python -m pytest -n $(WORKERS)
# Every branch of these is taken by a test, or the tests have failed. The walk through every address
# and the tests in a browser come after the others and count for none of it: they see what a person
# sees, and watching each line makes them half as slow again.
PROVEN := firsthand/vault/*,firsthand/access/*,firsthand/*/rules.py
export DJANGO_SETTINGS_MODULE := firsthand.config.settings

.PHONY: test-database
test: $(READY) assets  ## Run the tests (on SQLite, unless DATABASE_URL says otherwise)
	$(PYTEST) --cov --cov-report= $(if $(strip $(ARGS)),$(ARGS),-m "not browser and not walk")
	$(if $(strip $(ARGS)),@true,$(PYTEST) -m "browser or walk")
	$(if $(strip $(ARGS)),@true,$(BIN)/coverage report --fail-under=95)
	$(if $(strip $(ARGS)),@true,$(BIN)/coverage report --fail-under=100 --include='$(PROVEN)')

test-database: $(READY) assets  ## Run the tests that touch the database (but the walk) on the one in DATABASE_URL
	@test -n "$(DATABASE_URL)" || { echo "Say which database: DATABASE_URL=postgres://…"; exit 1; }
	$(PYTEST) --only-database $(if $(strip $(ARGS)),$(ARGS),-m "not walk")

.PHONY: test-spark
test-spark: $(READY) assets  ## Run the tests that need Spark; installs it into .venv, wants Java 17 or later
	$(TOOLS)/bin/uv sync --frozen --extra spark
	$(BIN)/python -m pytest tests/evidence/test_spark_dedupe.py

check: $(READY) assets lint types layers shape  ## Lint, formatting, types, layers, migrations, settings

.PHONY: lint types layers shape
lint: $(READY)
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types: $(READY)
	$(BIN)/mypy firsthand

layers: $(READY)
	$(BIN)/lint-imports

shape: $(READY)
	FIRSTHAND_DATA=$$(mktemp -d) $(DJANGO) makemigrations --check --dry-run
	FIRSTHAND_DATA=$$(mktemp -d) $(DJANGO) check --fail-level WARNING

format: $(READY)  ## Put the code into shape
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

docs: $(READY)  ## Make the pages of docs/reference that are made from code
	FIRSTHAND_DATA=$$(mktemp -d) $(BIN)/firsthand docs

.PHONY: mutants
mutants: $(READY) assets  ## Change vault and access a little, again and again: does a test notice? (long)
	nice -n 15 $(BIN)/python -m mutmut run --max-children 1
	$(BIN)/python -m mutmut export-cicd-stats && cat mutants/mutmut-cicd-stats.json
