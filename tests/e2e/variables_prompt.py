"""dicomremap asks on a terminal for the variables of a script, and before patients are merged; never without one.

    variables_prompt.py --bin FOLDER [--shots FOLDER]
"""

import argparse
import os
import pathlib
import pty
import subprocess
import sys
import tempfile

import pydicom

SCRIPT = """describe site "Site"
site := "WU"
describe secret hidden
secret := "x"
(0010,0010) := "{0}-{1}-{2}" site, subject, secret
(0010,0020) := subject
"""


def on_terminal(command, answers):
    """Runs the command on a pseudo terminal and types the answers; what it said, and its exit status."""
    master, slave = pty.openpty()
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, close_fds=True)
    os.close(slave)
    os.write(master, answers.encode())
    said = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        said += piece
    return said.decode(errors="replace"), process.wait(timeout=60)


def name_and_id(folder):
    file = next(path for path in folder.rglob("*") if path.is_file())
    dataset = pydicom.dcmread(file)
    return str(dataset.PatientName), str(dataset.PatientID)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--shots")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as box:
        box = pathlib.Path(box)
        subprocess.run([options.bin / "samplestudy", box / "in"], check=True, capture_output=True)
        (box / "ask.das").write_text(SCRIPT)
        command = [str(options.bin / "dicomremap"), "-d", str(box / "ask.das")]

        said, status = on_terminal([*command, "-o", str(box / "asked"), str(box / "in")], "\nS7\ny\n")
        assert status == 0, said
        assert said.index("became 1") < said.index("Go on? [y/N]: ") < said.index("remains as it was"), said
        assert "Enter value for Site [WU]: " in said, said
        assert "Enter value for subject []: " in said, said
        assert "secret" not in said, said
        assert name_and_id(box / "asked") == ("WU-S7-x", "S7"), name_and_id(box / "asked")

        said, status = on_terminal(
            [*command, "--set", "SITE=Here", "--set", "subject=S8", "--yes", "-o", str(box / "given"), str(box / "in")], "")
        assert status == 0 and "Enter value" not in said, said
        assert name_and_id(box / "given") == ("Here-S8-x", "S8")

        said, status = on_terminal([*command, "--set", "subject=S9", "-o", str(box / "not"), str(box / "in")], "\n\n")
        assert status != 0 and "Go on?" in said and not (box / "not").exists(), said

        done = subprocess.run([*command, "-o", str(box / "silent"), str(box / "in")], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        assert done.returncode == 0 and "Enter value" not in done.stderr, done.stderr
        assert "warning: the variable subject has no value" in done.stderr, done.stderr
        assert name_and_id(box / "silent") == ("WU-null-x", ""), name_and_id(box / "silent")

        (box / "six.das").write_text('version "6.6"\n(0010,0010) := subject\n')
        done = subprocess.run([options.bin / "dicomremap", "-d", box / "six.das", "-o", box / "six", box / "in"],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert done.returncode != 0 and "--set subject=VALUE" in done.stderr, done.stderr
        assert not (box / "six").exists()
    print("asked on a terminal, given with --set, and left to the script")


if __name__ == "__main__":
    sys.exit(main())
