#!/usr/bin/python3
"""The table of rooms in docs/architecture.md is that of the CMake targets, and what a room may not use fails; a file
of more than 300 lines says why."""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROW = re.compile(r"^\| `((?:core|ui|app)/\w+)` \| .* \|([^|]*)\|$")


def documented(text):
    """{room: {rooms it may use}}"""
    rows = (ROW.match(line) for line in text.splitlines())
    return {row[1]: set(re.findall(r"`([^`]+)`", row[2])) for row in rows if row}


def built(text):
    lines = (line.split() for line in text.splitlines())
    return {line[0]: set(line[1:]) for line in lines if line}


def check_includes(project, folder, include):
    """How the check ends for a source of core/dicom with this include."""
    source = folder / "core" / "dicom" / "made.cpp"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f"#include {include}\n")
    rooms = folder / "list.cmake"
    rooms.write_text(f'set(SOURCES "{source}")\nset(FOLDERS "core/dicom;core/base")\n')
    run = subprocess.run(["cmake", f"-DLIST={rooms}", f"-DROOT={folder}", f"-DSTAMP={folder}/stamp",
                          "-P", project / "cmake" / "CheckIncludes.cmake"], capture_output=True, text=True)
    return run.returncode, run.stderr


def check_lengths(project):
    """A file of more than 300 lines says why."""
    files = [path for top in ("app", "core", "ui") for path in (project / top).rglob("*.*") if path.suffix in (".cpp", ".h")]
    assert len(files) > 300, f"only {len(files)} files"
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        reason = any("Longer than 300 lines: " in line for line in lines[:5])
        assert reason == (len(lines) > 300), f"{path.relative_to(project)} has {len(lines)} lines: " + (
            "it gives a reason for more than it has" if reason else "divide it, or write why not in its first line")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=pathlib.Path, required=True)
    parser.add_argument("--table", type=pathlib.Path, required=True)
    arguments = parser.parse_args()

    told = documented((arguments.project / "docs" / "architecture.md").read_text(encoding="utf-8"))
    made = built(arguments.table.read_text(encoding="utf-8"))
    assert len(made) > 10, f"{arguments.table} holds {len(made)} rooms"
    for room in sorted(told.keys() | made.keys()):
        assert told.get(room) == made.get(room), f"{room}: told {told.get(room)}, built {made.get(room)}"
    check_lengths(arguments.project)
    folders = {folder.relative_to(arguments.project).as_posix()
               for top in ("core", "ui") for folder in (arguments.project / top).iterdir()
               if folder.is_dir() and any(folder.rglob("*.cpp"))}
    assert folders == {room for room in made if not room.startswith("app/")}, folders ^ made.keys()

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for allowed in ('"core/dicom/text/character_set.h"', '"core/base/result.h"', "<QString>"):
            code, words = check_includes(arguments.project, folder, allowed)
            assert code == 0, f"{allowed}: {words}"
        for forbidden in ('"core/edit/edit.h"', '"ui/window/main_window.h"', "<dcmtk/dcmdata/dctk.h>"):
            code, words = check_includes(arguments.project, folder, forbidden)
            assert code != 0 and "core/dicom/made.cpp" in words, f"{forbidden} passes: {words}"
    print(f"{len(made)} rooms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
