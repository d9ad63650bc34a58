"""Makes the seeds of the fuzzers: those of scripts from the golden cases and the schemes, those of structures from
small files that come with pydicom and from lookup tables, those of the reader from the files. seeds.py TARGET_FOLDER;
they lie in TARGET_FOLDER/script, TARGET_FOLDER/structure and TARGET_FOLDER/reader."""

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


# What structure_fuzz takes the bytes behind the first one for.
WHOLE_FILE, EXPLICIT, IMPLICIT, LOOKUP_TABLE = b"\0", b"\1", b"\2", b"\4"


def small_files():
    pydicom = pathlib.Path("/usr/lib/python3/dist-packages/pydicom/data/test_files")
    for path in sorted(pydicom.glob("*.dcm")):
        content = path.read_bytes()
        if len(content) <= 6000:
            yield content


def structures():
    for path in sorted((HERE.parent / "data").rglob("*lookup*.txt")):
        yield LOOKUP_TABLE + path.read_bytes()
    for content in small_files():
        yield WHOLE_FILE + content
        if content[128:132] == b"DICM":
            yield EXPLICIT + content[132:]
        else:
            yield IMPLICIT + content


def write(folder, seeds):
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(seed)


target = pathlib.Path(sys.argv[1])
write(target / "script", (DIALECTS.get(dialect, b"\0") + script.encode() for dialect, script in scripts()))
write(target / "structure", structures())
write(target / "reader", small_files())
