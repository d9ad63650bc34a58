#!/usr/bin/python3
"""What the window saves with a script and a seed is, byte for byte, what dicomremap writes with them.

    same_bytes.py --bin build/dev/bin --shots DIR --script schemes/AnonScheme.das [--folder FOLDER]…
"""

import argparse
import filecmp
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checks import files_below  # noqa: E402
from desktop import Desktop, run_on_private_bus, skip_without, wait  # noqa: E402


def save_in_window(options, seed, folders, target):
    with Desktop(options.shots) as desktop:
        program = desktop.start(os.path.join(options.bin, "dicombrowser"), "--seed-file", seed, *folders)
        program.rest()
        wait(lambda: program.says("files read") or program.says("files loaded"), 120, "all files to be read")
        program.menu("Edit", "Apply Script…")
        wait(lambda: program.says("tried on"), 120, "the script to be tried")
        button = wait(lambda: next((name for role, name, _ in program.visible()
                                    if role == "push button" and name.startswith("All Files")), None), 10, "All Files")
        program.push(button)
        program.wait_gone("dialog", "Apply Script")
        # Patients whose names and IDs are emptied can no longer be told apart: the window asks.
        question = wait(lambda: program.look("push button", "Apply Anyway") or program.says("1 edit"), 60,
                        "the script to be applied")
        if question is not True:
            program.push("Apply Anyway")
            wait(lambda: program.says("1 edit"), 60, "the script to be applied")
        program.menu("File", "Save…")
        program.click(program.find("radio button", "Below another folder"))
        program.press("Tab")
        field = next(element for role, name, element in program.visible() if role == "text" and "older" in name)
        program.click(field)
        program.press("ctrl+a")
        program.type(target)
        program.push("Review Changes…")
        write = wait(lambda: next((name for role, name, _ in program.visible()
                                   if role == "push button" and name.startswith("Write ")), None), 120, "Write … Files")
        program.push(write)
        program.find("push button", "Close", 300)
        program.picture("same-bytes-report")
        program.push("Close")
        program.close()


def compare(first, second):
    names = files_below(first)
    assert names and names == files_below(second), "the window and dicomremap wrote different files"
    different = [name for name in names
                 if not filecmp.cmp(os.path.join(first, name), os.path.join(second, name), shallow=False)]
    assert not different, f"{len(different)} files differ, the first is {different[0]}"
    return len(names)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots", required=True)
    parser.add_argument("--script", required=True)
    parser.add_argument("--folder", action="append", default=[])
    options = parser.parse_args()
    skip_without(*options.folder)
    run_on_private_bus()
    box = tempfile.mkdtemp(prefix="same-")
    try:
        folders = [os.path.abspath(folder) for folder in options.folder]
        if not folders:
            folders = [os.path.join(box, "sample")]
            subprocess.run([os.path.join(options.bin, "samplestudy"), folders[0]], check=True)
        seed = os.path.join(box, "seed")
        by_command, by_window = os.path.join(box, "command"), os.path.join(box, "window")
        subprocess.run([os.path.join(options.bin, "dicomremap"), "-d", options.script, "--seed-file", seed,
                        "-o", by_command, *folders], stderr=subprocess.DEVNULL)
        save_in_window(options, seed, folders, by_window)
        print(f"{compare(by_command, by_window)} files, the same bytes from the window and from dicomremap")
    finally:
        shutil.rmtree(box, ignore_errors=True)


if __name__ == "__main__":
    main()
