"""The job of docs/guide.md: a teaching-file case from the folder to the saved copy, done in the window by mouse and
keyboard, with a picture of every step."""

import os
import shutil
import subprocess

from desktop import wait

SAMPLE_CASE = os.path.join("Sarcoidosis case", "CT chest 2019-03-12")
DIAGNOSIS, INITIALS, CASE = "Sarcoidosis", "HM", "4711"


def no_picture(_name):
    """For runs that only check."""


def make_study(programs, source, target):
    """A copy of the folder `source`, or else one patient's folder of the sample study."""
    if source:
        shutil.copytree(source, target)
        subprocess.run(["chmod", "-R", "u+w", target], check=True)
        return
    sample = target + "-sample"
    subprocess.run([os.path.join(programs, "samplestudy"), sample], check=True, stdout=subprocess.DEVNULL)
    shutil.move(os.path.join(sample, SAMPLE_CASE), target)


class TeachingFileJob:
    def __init__(self, program, folder, picture=no_picture):
        self.program = program
        self.folder = folder
        self.picture = picture
        self.files = 0

    def run(self):
        self.open()
        self.apply_script()
        self.delete_private()
        self.edit_values()
        self.overwrite()

    # Steps 1 and 2
    def open(self):
        program = self.program
        self.picture("01-empty")
        program.menu("File", "Open Folder…")
        program.choose_file(self.folder)
        program.rest()
        wait(lambda: program.says("files read"), 60, "all files to be read")
        self.tree = program.find("tree", "Patients")
        self.table = program.find("tree", "Attributes")
        wait(lambda: program.says("images selected"), 20, "the only patient to be selected")
        self.files = int(next(name.split()[0] for _, name, _ in program.visible() if "images selected" in name))
        self.picture("02-opened")

    # Step 3
    def apply_script(self):
        program = self.program
        program.menu("Edit", "Apply Script…")
        program.find("label", "AnonScheme.das")
        wait(lambda: program.says("tried on"), 30, "the script to be tried")
        self.picture("03-script")
        program.push(f"All Files ({self.files})")
        program.wait_gone("dialog", "Apply Script")
        wait(lambda: program.says("1 edit"), 20, "the edit to be counted")
        self.picture("04-script-applied")

    # Step 4
    def delete_private(self):
        program = self.program
        private = program.find("check box", "Private")
        program.click(private)
        self.picture("05-private")
        program.click(self.cell(1))
        program.click(self.cell(4), held="shift")
        program.press("Delete")
        wait(lambda: program.says("2 edits"), 20, "the deletion of some rows")
        program.press("ctrl+a", "Delete")
        wait(lambda: program.says("3 edits"), 20, "the deletion of the rest")
        self.picture("06-private-deleted")
        program.click(private)

    # Step 5
    def edit_values(self):
        for name, text in (("Patient's Name", DIAGNOSIS), ("Accession Number", INITIALS), ("Patient ID", CASE),
                           ("Study Instance UID", CASE)):
            self.edit(name, text)
        self.picture("09-edited")

    def edit(self, name, text):
        program = self.program
        program.press("ctrl+f", "ctrl+a")
        program.type(name)
        row = wait(lambda: self.filtered_row(name), 20, f"the row of {name}")
        program.click(self.cell(row - 1))
        program.press("F2")
        program.press("ctrl+a")
        program.type(text)
        if name == "Patient's Name":
            self.picture("07-editing")
        program.press("Return")
        if name == "Study Instance UID":
            # A bare number is no UID: the window says so and offers a valid one made from it.
            program.find("push button", "Use the Valid UID")
            self.picture("08-study-uid")
            program.push("Use the Valid UID")
        wait(lambda: not program.look("text", f"New value of {name}"), 10, "the editor to close")
        program.press("ctrl+f", "ctrl+a", "BackSpace")

    def cell(self, row, column=1):
        return self.table.queryTable().getAccessibleAt(row, column)

    def filtered_row(self, name):
        """The row once the filter has left only a few, which takes a moment after typing; counted from 1."""
        if self.table.queryTable().nRows > 30:
            return None
        row = self.row_named(name)
        return None if row is None else row + 1

    def row_named(self, name):
        grid = self.table.queryTable()
        for row in range(min(grid.nRows, 400)):
            cell = grid.getAccessibleAt(row, 1)
            if cell is not None and (cell.name or "").strip() == name:
                return row
        return None

    # Step 6
    def overwrite(self):
        program = self.program
        program.menu("File", "Save…")
        program.click(program.find("radio button", "Overwrite the originals"))
        self.picture("10-save")
        program.push("Review Changes…")
        button = f"Overwrite {self.files} Files"
        program.find("push button", button, 60)
        self.picture("11-review")
        program.push(button)
        program.find("push button", "Close", 120)
        wait(lambda: program.says(f"{self.files} "), 20, "the report")
        self.picture("12-report")
        program.push("Close")
        program.wait_gone("dialog", "Save")
        wait(lambda: program.says("No edits"), 60, "the files to be read again")
        self.picture("13-saved")
