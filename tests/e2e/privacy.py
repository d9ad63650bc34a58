#!/usr/bin/python3
"""Does the teaching-file job, and one with dicomremap, on a study with a planted identity, and looks for that in
everything that was written outside the study: settings, temporary files, caches, output. No connection may be opened.

    privacy.py --bin build/dev/bin --shots FOLDER
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desktop import Desktop, run_on_private_bus  # noqa: E402
from teaching_file import TeachingFileJob, make_study  # noqa: E402

VALUES = {"PatientName": "PLANTED^NAME", "PatientID": "PLANTED-ID", "AccessionNumber": "PLANTEDACC",
          "InstitutionName": "PLANTED HOSPITAL", "PatientBirthDate": "19210304"}
FOLDER = "PLANTED FOLDER"
TRACES = [text.encode() for text in (*VALUES.values(), FOLDER, "PLANTED FILE")]


def plant(folder):
    """Gives every image the identity, and one a name that tells it."""
    import pydicom
    images = 0
    for path in sorted(folder.rglob("*")):
        try:
            image = pydicom.dcmread(path) if path.is_file() else None
        except pydicom.errors.InvalidDicomError:
            image = None
        if image is None or "SOPInstanceUID" not in image:
            continue
        for keyword, value in VALUES.items():
            setattr(image, keyword, value)
        image.save_as(path)
        if images == 0:
            path.rename(path.with_name("PLANTED FILE.dcm"))
        images += 1
    return images


def forms(trace):
    """The text as programs write it."""
    text = trace.decode()
    return {trace, text.encode("utf-16-le"), text.encode("utf-16-be"), text.replace(" ", "%20").encode(),
            text.encode().hex().encode()}


def traces_in(folder):
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        name = os.fsencode(path.relative_to(folder))
        content = path.read_bytes() if path.is_file() else b""
        for trace in TRACES:
            if any(form in name or form in content for form in forms(trace)):
                found.append(f"{trace.decode()} in {path.relative_to(folder)}")
    return found


def go_outside(outside):
    """Everything that programs write without being told where lands below this folder."""
    for variable, name in (("HOME", "home"), ("TMPDIR", "tmp"), ("XDG_CONFIG_HOME", "config"),
                           ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
        (outside / name).mkdir()
        os.environ[variable] = str(outside / name)
    os.environ["NETWORK_LOG"] = str(outside / "network")


def titles():
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True)
    return [subprocess.run(["xdotool", "getwindowname", window], capture_output=True, text=True).stdout
            for window in found.stdout.split()]


def in_the_window(programs, study, outside, shots):
    with Desktop(shots) as desktop, open(outside / "output-of-the-window", "wb") as output:
        shown = []

        def look(_name):
            shown.extend(titles())

        sys.stdout.flush()
        kept = os.dup(1), os.dup(2)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        try:
            os.environ["LD_PRELOAD"] = str(programs / "libfaults.so")
            program = desktop.start(programs / "dicombrowser")
            del os.environ["LD_PRELOAD"]
            TeachingFileJob(program, str(study), look).run()
            limits = pathlib.Path(f"/proc/{program.process.pid}/limits").read_text()
            program.close()
        finally:
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
    assert "Max core file size        0                    0" in limits, "core dumps are not switched off"
    assert shown and not [title for title in shown if "PLANTED" in title], f"titles: {shown}"


def on_the_command_line(programs, study, box):
    script = box / "case.das"
    for text, status in (('(0010,0010) := "Case"\n', 0), ('(0028,0010) := "no number"\n', 1), ("oops\n", 2)):
        script.write_text(text)
        done = subprocess.run([programs / "dicomremap", "--verbose", "-d", script, "-o", box / f"out{status}", study],
                              stderr=subprocess.PIPE, stdout=subprocess.PIPE,
                              env={**os.environ, "LD_PRELOAD": str(programs / "libfaults.so")})
        assert done.returncode == status, done.stderr
        told = done.stdout + done.stderr
        for value in VALUES.values():
            assert value.encode() not in told, f"dicomremap tells {value}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--shots", required=True)
    options = parser.parse_args()
    run_on_private_bus()
    programs = options.bin.resolve()
    box = pathlib.Path(tempfile.mkdtemp(prefix="privacy-"))
    try:
        study, outside = box / FOLDER / "Case", box / "outside"
        outside.mkdir()
        study.parent.mkdir()
        make_study(str(programs), None, str(study))
        images = plant(study)
        assert traces_in(study), "nothing was planted"
        copy = box / FOLDER / "Other"
        shutil.copytree(study, copy)
        go_outside(outside)
        in_the_window(programs, study, outside, options.shots)
        on_the_command_line(programs, copy, box)
        assert not (outside / "network").exists(), "a connection was opened"
        found = traces_in(outside)
        assert not found, "\n".join(found)
        written = sum(path.is_file() for path in outside.rglob("*"))
        print(f"{images} images with a planted identity, in the window and by dicomremap: nothing of it in "
              f"{written} files that were written outside the study; no connection; no core dumps")
    finally:
        shutil.rmtree(box, ignore_errors=True)


if __name__ == "__main__":
    main()
