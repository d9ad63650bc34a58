"""Types a value into the table of one patient and goes to another one, in a real window: focus and mouse events come
as they do on a desktop.

    right_patient.py --bin FOLDER --shots FOLDER
"""

import argparse
import os
import subprocess
import sys
import tempfile

from desktop import Desktop, run_on_private_bus, wait


def make_patients(programs, folder):
    """The sample study: several patients, the first with images whose accession numbers are made to differ."""
    import pydicom
    subprocess.run([os.path.join(programs, "samplestudy"), folder], check=True, stdout=subprocess.DEVNULL)
    for number, path in enumerate(sorted(files_below(folder))):
        image = pydicom.dcmread(path)
        image.AccessionNumber = f"A{number}"
        image.save_as(path)


def files_below(folder):
    return [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names
            if open(os.path.join(where, name), "rb").read(132)[128:] == b"DICM"]


def accession_numbers(folder):
    import pydicom
    numbers = {}
    for path in files_below(folder):
        image = pydicom.dcmread(path)
        numbers.setdefault(str(image.PatientID), []).append(str(image.AccessionNumber))
    return numbers


def name_cell(program, table):
    """The name of the first Accession Number, where nothing is edited but the row becomes the current one."""
    return table.queryTable().getAccessibleAt(program.row_of(table, 1, "Accession Number"), 1)


def patient(program, tree, number):
    rows = [row for row, cells in enumerate(program.cells(tree, most=50)) if "^" in cells[0]]
    return tree.queryTable().getAccessibleAt(rows[number], 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--shots", required=True)
    options = parser.parse_args()
    run_on_private_bus()
    with tempfile.TemporaryDirectory() as box, Desktop(options.shots) as desktop:
        folder = os.path.join(box, "in")
        make_patients(options.bin, folder)
        before = accession_numbers(folder)
        program = desktop.start(os.path.join(options.bin, "dicombrowser"), folder)
        wait(lambda: program.says("files loaded"), 60, "all files to be read")
        tree, table = program.find("tree", "Patients"), program.find("tree", "Attributes")

        program.click(patient(program, tree, 0))
        wait(lambda: program.says("images selected"), 20, "the first patient")
        program.click(program.find("text", "Filter"))
        program.type("(0008,0050)")
        wait(lambda: table.queryTable().nRows < 12, 10, "the filter")
        program.click(name_cell(program, table))
        program.press("F2")
        program.type("HM")
        program.picture("typing")
        program.click(patient(program, tree, 1))  # without Enter
        program.picture("other-patient")
        wait(lambda: program.says("1 edit in"), 20, "the edit")
        program.click(name_cell(program, table))
        first = program.cells(tree)[0][0]
        program.picture("edited")

        # Typed and not confirmed: saving takes it along.
        program.press("F2")
        program.type("ZZ")
        program.press("ctrl+s")
        program.find("dialog", "Save")
        program.push("Review Changes")
        wait(lambda: program.says("will be written"), 30, "the review")
        program.picture("review")
        program.click(next(element for role, name, element in program.visible()
                           if role == "push button" and name.startswith("Write ")))
        wait(lambda: program.look("push button", "Copy Report"), 60, "the report")
        program.push("Close")
        program.close()

        copies = next(os.path.join(box, name) for name in os.listdir(box) if name != "in")
        after = accession_numbers(copies)
        changed = {patient: set(numbers) for patient, numbers in after.items() if numbers != before.get(patient)}
        typed = sorted(next(iter(numbers)) for numbers in changed.values() if len(numbers) == 1)
        assert typed == ["HM", "ZZ"], f"{first}: {after}"
        assert len(changed) == 2, after
    print("each value reached the patient it was typed for")


if __name__ == "__main__":
    sys.exit(main())
