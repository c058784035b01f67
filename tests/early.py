"""Loaded before Django's settings are read: a data directory of the tests' own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# In memory where there is such a place: a database file that is synced costs no time there.
_SHM = Path("/dev/shm")
_PLACE = str(_SHM) if _SHM.is_dir() and os.access(_SHM, os.W_OK) else None

os.environ["FIRSTHAND_DATA"] = tempfile.mkdtemp(prefix="firsthand-tests-", dir=_PLACE)
atexit.register(shutil.rmtree, os.environ["FIRSTHAND_DATA"], ignore_errors=True)
os.environ.pop("FIRSTHAND_KEY_FILE", None)
