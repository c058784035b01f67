"""Loaded before Django's settings are read: a data directory of the tests' own."""

import os
import tempfile

os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-tests-")
os.environ.pop("FIRSTHAND_KEY_FILE", None)
