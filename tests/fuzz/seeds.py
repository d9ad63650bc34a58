"""Makes the seeds of the script fuzzer from the golden cases and the schemes: seeds.py TARGET_FOLDER"""

import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
DIALECTS = {"": b"\0", "legacy": b"\1", "4": b"\2", "6": b"\3"}


def scripts():
    for path in sorted((HERE.parents[1] / "schemes").glob("*.das")):
        yield "", path.read_text(encoding="utf-8")
    for path in sorted((HERE.parent / "data" / "scripts").glob("*.cases")):
        for case in re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            parts = dict(re.findall(r"^--- (.+)\n((?:(?!--- ).*\n)*)", case, flags=re.M))
            yield parts.get("dialect", "").strip(), parts.get("script", "")


target = pathlib.Path(sys.argv[1])
target.mkdir(parents=True, exist_ok=True)
for number, (dialect, script) in enumerate(scripts()):
    (target / f"seed-{number}").write_bytes(DIALECTS.get(dialect, b"\0") + script.encode())
