"""Run one benchmark on the scratch folder that ``script/bench`` made, and print its last line."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.harness.bench import Bench
from benchmarks.harness.machine import machine, versions
from script.check.template import migrated_sqlite


def main() -> None:
    """Make the scratch portal, measure, report."""
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("name")
    parser.add_argument("--quick", action="store_true", help="end within a minute")
    parser.add_argument("--seed", type=int, default=20260801, help="of all that is random")
    chosen = parser.parse_args()
    bench = Bench(chosen.name, chosen.quick, chosen.seed)
    random.seed(chosen.seed)
    shutil.copyfile(migrated_sqlite(_migrate), bench.data / "portal.sqlite3")
    django.setup()
    # Only now: a benchmark imports models.
    measured = import_module(f"benchmarks.{bench.name}").measure(bench)
    figures = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in measured.items()
    }
    facts = {"machine": machine(), "versions": versions(), "seed": bench.seed}
    print(json.dumps({"bench": bench.name, "figures": figures, **facts}), flush=True)


def _migrate(path: Path) -> None:
    environ = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"]
    subprocess.run(command, env=environ, check=True)


if __name__ == "__main__":
    main()
