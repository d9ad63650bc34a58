#!/usr/bin/python3
"""Does the teaching-file job of docs/guide.md in a real window on a virtual display and leaves a picture of each step.

    tour.py --bin build/dev/bin --shots build/tour [--docs docs/images] [--folder FOLDER]

Works on a sample study that is made for it, or on a copy of FOLDER. Afterwards the written files are checked with
readers that are not ours; exit status 0 only when all is as it should be.
"""

import argparse
import os
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checks import check_copies  # noqa: E402
from desktop import Desktop, run_on_private_bus, skip_without  # noqa: E402
from teaching_file import TeachingFileJob, make_study  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots", required=True)
    parser.add_argument("--docs")
    parser.add_argument("--folder")
    return parser.parse_args()


def main():
    options = arguments()
    skip_without(options.folder)
    run_on_private_bus()
    box = tempfile.mkdtemp(prefix="tour-")
    try:
        original, working = os.path.join(box, "original", "Case"), os.path.join(box, "desk", "Case")
        make_study(options.bin, options.folder, original)
        shutil.copytree(original, working)
        with Desktop(options.shots) as desktop:
            program = desktop.start(os.path.join(options.bin, "dicombrowser"))
            TeachingFileJob(program, working, program.picture).run()
            program.close()
        print(check_copies(original, working))
    finally:
        shutil.rmtree(box, ignore_errors=True)
    if options.docs:
        os.makedirs(options.docs, exist_ok=True)
        for name in sorted(os.listdir(options.shots)):
            if name.endswith(".png"):
                shutil.copy(os.path.join(options.shots, name), options.docs)


if __name__ == "__main__":
    main()
