# Firsthand. `make run` and `make test` do all their setting-up themselves.
# Needed beforehand: git, make, and Python 3.11 or later with venv and pip.

.DEFAULT_GOAL := help
.PHONY: help run demo test check format docs clean

include make/environment.mk
include make/assets.mk
include make/suggest.mk
include make/checks.mk

help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 12

run: $(READY) assets  ## Set up if need be, and start the site on http://127.0.0.1:8000
	@$(BIN)/firsthand run

demo: $(READY) assets  ## Set up if need be, and look round a made-up town
	@$(BIN)/firsthand demo

clean:  ## Remove what was built and fetched; what people told (data) is left alone
	rm -rf .venv .venv-tools node_modules firsthand/web/static/web/built static-collected
	rm -rf firsthand/methods/suggest/built
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
