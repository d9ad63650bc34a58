"""Installs the programs into an empty folder and uses them from another one: nothing of the checkout may be needed."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pydicom

ID = "org.dicombrowser.DicomBrowser"


def run(*command, folder, **environment):
    done = subprocess.run(list(map(str, command)), cwd=folder, env={**os.environ, **environment}, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL, timeout=120)
    assert done.returncode == 0, f"{command}: {done.returncode}: {done.stdout[-1000:]}{done.stderr[-1000:]}"
    return done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--shots")
    options = parser.parse_args()
    build = options.bin.resolve().parent
    with tempfile.TemporaryDirectory() as box:
        box = pathlib.Path(box)
        prefix, place = box / "usr", box / "somewhere"
        place.mkdir()
        run("cmake", "--install", build, "--prefix", prefix, folder=place)
        installed = sorted(path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if path.is_file())
        print("\n".join(installed))
        for name in ("bin/dicombrowser", "bin/dicomremap", f"share/applications/{ID}.desktop",
                     f"share/metainfo/{ID}.metainfo.xml", f"share/icons/hicolor/scalable/apps/{ID}.svg"):
            assert name in installed, f"{name} is not installed"
        run("desktop-file-validate", prefix / f"share/applications/{ID}.desktop", folder=place)
        run("appstreamcli", "validate", "--no-net", prefix / f"share/metainfo/{ID}.metainfo.xml", folder=place)
        for program in ("dicombrowser", "dicomremap"):
            page = prefix / f"share/man/man1/{program}.1"
            assert page.exists(), f"{page.name} is not installed"
            text = run("man", "-l", page, folder=place, MANPAGER="cat", MANROFFOPT="-c") if shutil.which("man") else ""
            for option in ("--seed-file",):
                assert not text or option in text, f"{program}: the manual page lacks {option}"
            assert "--seed-file" in page.read_text(encoding="utf-8").replace("\\-", "-"), page

        # The scripts that come with the programs are inside of them.
        run(options.bin.resolve() / "samplestudy", place / "study", folder=place)
        said = run(prefix / "bin/dicomremap", "-d", "AnonScheme", "-o", "out", "study", folder=place)
        assert " written" in said, said
        written = pydicom.dcmread(next((place / "out").rglob("*.dcm")))
        assert "AnonScheme" in str(written.get("DeidentificationMethod", "")), written.get("DeidentificationMethod")
        said = run(prefix / "bin/dicombrowser", "--timing", "--quit", "study", folder=place, QT_QPA_PLATFORM="offscreen",
                   XDG_CONFIG_HOME=str(box / "config"))
        assert "tree complete" in said, said


if __name__ == "__main__":
    sys.exit(main())
