# The Python environment: uv from PyPI by hash, then everything in uv.lock by hash.
BIN := .venv/bin
TOOLS := .venv-tools
READY := .venv/.done
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$one && break; \
	done)

export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS ?= 1

$(TOOLS)/.done: make/tools.txt
	@test -n "$(PYTHON)" || { echo "Firsthand needs Python 3.11 or later; none was found."; exit 1; }
	$(PYTHON) -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r make/tools.txt
	@touch $@

$(READY): $(TOOLS)/.done pyproject.toml uv.lock
	$(TOOLS)/bin/uv sync --frozen --python "$(PYTHON)"
	@touch $@
