"""Bundles with a trainer of one file, for tests of everything around the training."""

from pathlib import Path

from deploy_extras import bundle

TRAINS = """import os, six, sys
print("trained with six", six.__version__, sys.argv[1:], sys.prefix)
print("private:", os.environ["TRAIN_ON_PRIVATE"])
"""
FAILS = "raise SystemExit(3)"
NEVER_ENDS = """import time
print("trains for ever", flush=True)
time.sleep(3600)
"""
# Somebody types commands in a session while it trains.
LASTS = """import subprocess
subprocess.run(['bash', '-ec', '''{typed}'''], check=True)
"""


def pack(folder: Path, wheels: Path, code: str) -> bytes:
    """Return a bundle with this code as the trainer."""
    (folder / "trainer").mkdir()
    (folder / "trainer" / "__main__.py").write_text(code)
    return bundle.pack(wheels, {"trainer": folder / "trainer"})
