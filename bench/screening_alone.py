"""Code that bench/screening*.py run in processes of their own, so that costs can be told apart."""

import json
import os
import subprocess


def asked_of(python: str, code: str, told: dict) -> dict:
    """Run code in a process of its own, with one thread, and return what it says."""
    alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        [python, "-c", STARTS + code, json.dumps(told)],
        check=True, capture_output=True, text=True, env={**os.environ, **alone},
        cwd=os.environ.get("TMPDIR", "/tmp"),
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


STARTS = """
import csv, json, sys, time
import numpy as np
told = json.loads(sys.argv[1])
csv.field_size_limit(10_000_000)
with open(told["place"], encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
labels = [int(float(each["label"])) for each in rows]
def known():
    if not told["seed"]:
        return []
    dice, truth = np.random.default_rng(told["seed"]), np.array(labels)
    return [int(dice.choice(np.flatnonzero(truth == kind))) for kind in (1, 0)]
def memory():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
def tell(**said):
    print(json.dumps(said))
"""

PEER = """
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate
cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
texts = pd.DataFrame({each: [row[each] for row in rows] for each in ("title", "abstract")})
"""
