#!/usr/bin/python3
"""dicomremap runs in memory that hardly grows with the number of files.

    memory.py --bin build/dev/bin --shots DIR    (takes a minute; --shots is not used)
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bench"))
import make_ct  # noqa: E402

FEW, MANY = 2_000, 20_000
BYTES_PER_FILE = 300


def peak(options, folder, script, files):
    """KiB that a run over invented images takes at most."""
    images, target = folder / f"in{files}", folder / f"out{files}"
    make_ct.make(images, files, pixels=16)
    done = subprocess.run([os.path.join(options.bin, "dicomremap"), "--timing", "--no-sync", "--yes", "-d", script, "-o",
                           target, images], capture_output=True, text=True)
    assert done.returncode == 0 and f"= {files} written" in done.stderr, done.stderr
    return int(re.search(r"peak memory: (\d+) KiB", done.stderr)[1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script = folder / "script.das"
        script.write_text('(0010,0010) := "Case 1"\n- (0008,0080)\n')
        few, many = peak(options, folder, script, FEW), peak(options, folder, script, MANY)
    most = few * 1.1 + MANY * BYTES_PER_FILE / 1024
    print(f"{FEW} files: {few} KiB, {MANY} files: {many} KiB, at most {most:.0f} KiB")
    assert many <= most, "the memory grows with the number of files"


if __name__ == "__main__":
    main()
