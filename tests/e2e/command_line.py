"""What dicomremap says and refuses: a job that would change nothing or the wrong thing must not be done in silence.

    command_line.py --bin FOLDER [--shots FOLDER]
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import pydicom
import pydicom.fileset


class Place:
    def __init__(self, programs, box):
        self.programs, self.box, self.study = programs, box, box / "study"
        subprocess.run([programs / "samplestudy", self.study], check=True, capture_output=True)

    def remap(self, *arguments, status=0):
        """What it says; the exit status must be this one."""
        done = subprocess.run([self.programs / "dicomremap", *map(str, arguments)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120)
        assert done.returncode == status, f"{arguments}: {done.returncode}: {done.stderr[-2000:]}"
        return done.stderr

    def script(self, text):
        path = self.box / "script.das"
        path.write_text(text, encoding="utf-8")
        return path

    def writes_nothing(self, *arguments):
        said = self.remap(*arguments, "-o", self.box / "out", self.study, status=2)
        assert not (self.box / "out").exists(), f"{arguments}: something was written"
        return said


def expect(said, *parts):
    for part in parts:
        assert part in said, f"{part!r} is missing in: {said}"


def nothing_to_apply(place):
    for number, text in enumerate(("", "// only a comment\n", 'version "6.6"\n')):
        expect(place.remap("-d", place.script(text), "-o", place.box / str(number), place.study),
               "warning: ", "the script has no statement, so it changes nothing")
    expect(place.writes_nothing(), "say what to apply with -d SCRIPT")
    expect(place.remap("--overwrite", place.study, status=2), "say what to apply with -d SCRIPT")


def misspelt(place):
    script = place.script('describe subject "Subject"\n(0010,0020) := subject\n')
    expect(place.writes_nothing("-d", script, "--set", "subjekt=7"), "--set subjekt", "did you mean subject?")
    place.remap("-d", script, "--set", "SUBJECT=7", "-o", place.box / "known", place.study)
    script = place.script('version "6.6"\nsubject := "X"\n(0010,0020) := subject\n')
    expect(place.writes_nothing("-d", script, "--set", "subjects=7"), "no script has a variable of this name")
    expect(place.remap("-d", script, "--set", "subject=7", "-o", place.box / "own", place.study),
           "warning: --set subject: the script sets this variable itself")
    expect(place.writes_nothing("-d", "anonscheme"), "did you mean AnonScheme")
    expect(place.writes_nothing("-d", "nosuch"), "Basic2006", "TeachingFile", "basic")
    expect(place.remap("--help") or subprocess.run([place.programs / "dicomremap", "--help"], capture_output=True,
                                                   text=True).stdout, "AnonScheme", "TeachingFile", "Basic2006")


def torn_images(place):
    """Scripts after which archives lose images."""
    script = place.script('version "6.6"\n(0008,0018) := "1.2.3"\n')
    said = place.remap("-d", script, "-o", place.box / "one", place.study)
    expect(said, "different SOP Instance UIDs became 1")
    assert "was set: " not in said
    expect(place.remap("-d", script, "-o", place.box / "told", "--verbose", place.study), "remains as it was: ")
    expect(place.writes_nothing("-d", script, "--set", "a=1", "--set", "a=2"), "--set a: two values were given")


def unusable_tables(place):
    script = place.script('version "6.6"\n(0010,0020) := lookup["id", (0010,0020)]\n')
    table = place.box / "table.txt"
    table.write_bytes("id/1 = Müller\n".encode("latin-1"))
    expect(place.writes_nothing("-d", script, "--lookup", table), "table.txt", "line 1", "Save the table as UTF-8")
    table.write_text("id/1 = A\nid/2 = B\nid/1 = C\n")
    expect(place.writes_nothing("-d", script, "--lookup", table), "line 3", "line 1")
    table.write_text("id/1 = A\nid/1 = A\n")
    said = place.remap("-d", script, "--lookup", table, "-o", place.box / "table", place.study)
    expect(said, f"warning: {script}: line 2: the lookup table has no entry for a value (57 files)", "identifiers: Patient ID (57)")
    for option in ("--lookup", "-d"):
        expect(place.writes_nothing("-d", script, option, "/dev/zero"), "/dev/zero: is larger than")


def what_became_of_it(place):
    said = place.remap("-d", place.script('(0010,0010) := "X"\n(0010,0020) := "X"\n'), "-o", place.box / "one",
                       place.study)
    expect(said, "patients became 1", "remains as it was: person names: ", "remains as it was: dates: ", "private attributes of")
    for path in (path for path in place.study.rglob("*.dcm")):
        image = pydicom.dcmread(path, stop_before_pixels=True)
        for value in (image.PatientName, image.PatientID, image.get("StudyDate"), image.get("ReferringPhysicianName")):
            assert not value or str(value) not in said, f"a value of the patient is told: {value}"
    assert "Patient's Name (57)" not in said, "what the script set is told as a remainder"
    split = place.script("(0020,000D) := hashUID[(0008,0018)]\n")
    expect(place.remap("-d", split, "-o", place.box / "split", place.study), "studies became 57")
    again = place.remap("-d", "AnonScheme", "-o", place.box / "one", place.study, status=2)
    expect(again, "exists already", "more files; --verbose lists them")
    assert again.count("exists already") == 5, again


def interrupted(place):
    """A save that is killed, and people who look for it in the wrong places."""
    script = place.script('(0010,0010) := "New"\n')
    study, kept = place.box / "killed", place.box / "kept"
    for seconds in (0.1, 0.15, 0.2, 0.3, 0.5, 0.05, 0.08):
        shutil.rmtree(study, ignore_errors=True)
        shutil.rmtree(kept, ignore_errors=True)
        subprocess.run([place.programs / "samplestudy", "--tiny", "400", study], check=True, capture_output=True)
        before = {path.relative_to(study): path.read_bytes() for path in study.rglob("*") if path.is_file()}
        process = subprocess.Popen([place.programs / "dicomremap", "-d", script, "--overwrite", "--keep-originals",
                                    kept, study], stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        if list(study.glob(".dicombrowser-*.journal")) and list(kept.glob(".dicombrowser-*.originals")):
            break
    else:
        raise AssertionError("the save could not be interrupted")
    folders = sorted(path for path in study.rglob("*") if path.is_dir())
    expect(place.remap("--restore", kept, status=1), "was interrupted", "--recover")
    expect(place.remap("--recover", kept, status=1), "give --recover the folder that was overwritten")
    expect(place.remap("--recover", folders[0], status=1), f"dicomremap --recover '{study.resolve()}'")
    expect(place.remap("--recover", study, "--roll-back", "-o", place.box, status=2), "--recover")
    command = ("-d", script, "--overwrite", study)
    expect(place.remap(*command, status=2), "kept its originals: give --keep-originals")
    expect(place.remap("--recover", study, "--restore", kept, status=2), "exclude each other")
    expect(place.remap("--recover", "--roll-back", study, status=2), "name a folder")
    seed = place.box / "kept.seed"
    said = place.remap("--recover", study, "--seed-file", seed)
    expect(said, f"--seed-file '{seed}'")
    assert len(seed.read_text().strip()) == 64 and seed.stat().st_mode & 0o077 == 0
    expect(said, "the job is not done: ")
    if "originals were kept" in said:
        expect(said, f"dicomremap --restore '{kept.resolve()}'")
        said = place.remap("--restore", kept)
        assert len(said.splitlines()) == 1, said
    after = {path.relative_to(study): path.read_bytes() for path in study.rglob("*") if path.is_file()}
    assert after == before, "the originals are not back"
    left = list(kept.iterdir()) if kept.exists() else []
    assert not left, f"left where the originals were: {left}"
    expect(place.remap("--recover", study), "nothing was interrupted")


def nothing_to_roll_back(place):
    """Rolling back what cannot be must not finish the save instead."""
    script = place.script('(0010,0010) := "New"\n')
    study = place.box / "killed"
    for seconds in (0.1, 0.15, 0.2, 0.3, 0.5, 0.05, 0.08):
        shutil.rmtree(study, ignore_errors=True)
        subprocess.run([place.programs / "samplestudy", "--tiny", "400", study], check=True, capture_output=True)
        process = subprocess.Popen([place.programs / "dicomremap", "-d", script, "--overwrite", study],
                                   stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        if any(b'"ready"' in journal.read_bytes() for journal in study.glob(".dicombrowser-*.journal")):
            break
    else:
        raise AssertionError("the save could not be interrupted")
    expect(place.remap("--recover", study, "--roll-back", status=1), "no originals were kept", "nothing was done")
    assert list(study.glob(".dicombrowser-*.journal")), "it was done all the same"
    place.remap("-d", script, "--overwrite", study)


def killed_before_anything_was_done(place):
    """Half a header of a journal: whether originals were to be kept is not known, and does not matter."""
    study = place.box / "barely begun"
    subprocess.run([place.programs / "samplestudy", "--tiny", "3", study], check=True, capture_output=True)
    for text in ("", '{"dicombrowserJournal":2,"fol'):
        journal = study / ".dicombrowser-0123456789abcdef.journal"
        journal.write_text(text)
        place.remap("--recover", study, "--roll-back")
        assert not journal.exists(), "the journal is still there"


def profile(place):
    """The profile comes before scripts, and what is wrong with it is told."""
    study = place.box / "of a person"
    subprocess.run([place.programs / "samplestudy", "--tiny", "3", study], check=True, capture_output=True)
    script = place.script('(0010,0020) := "Case 7"\n')
    out = place.box / "of nobody"
    place.remap("--profile", "basic,shift-dates", "-d", script, "-o", out, study)
    for path in out.rglob("*.dcm"):
        image = pydicom.dcmread(path)
        assert image.PatientID == "Case 7" and re.fullmatch(r"(\w{4}-){2}\w{4}", str(image.PatientName)), image
        assert image.PatientIdentityRemoved == "YES", image
    expect(place.remap("--profile", "basic,retain-uid", "-o", out, study, status=2), "Did you mean retain-uids?")
    expect(place.remap("--profile", "full", "-o", out, study, status=2), "full is not a profile")


def patients(place):
    """Three patients stay three, unless that is not wanted; a table names them."""
    study = place.box / "three"
    for number in range(3):
        subprocess.run([place.programs / "samplestudy", "--tiny", "1", study / str(number)], check=True,
                       capture_output=True)
    for number, path in enumerate(sorted(study.rglob("*.dcm"))):
        image = pydicom.dcmread(path)
        image.PatientID = f"MRN{number}"
        image.save_as(path)

    def ids(*arguments):
        out = place.box / f"out{len(list(place.box.iterdir()))}"
        place.remap("--profile", "basic", *arguments, "-o", out, study)
        return sorted(str(pydicom.dcmread(path).PatientID) for path in out.rglob("*.dcm"))

    assert len(set(ids())) == 3
    assert ids("--patients", "empty") == ["", "", ""]
    table = place.box / "ids.csv"
    table.write_text("id_old,id_new\nMRN0,A\nMRN1,B\nMRN2,B\n")
    assert ids("--patients", table) == ["A", "B", "B"]
    table.write_text("id_old,id_new\nMRN0,A\n")
    said = place.remap("--profile", "basic", "--patients", table, "-o", place.box / "part", study, status=1)
    expect(said, "the table of patients does not have the Patient ID", "1 written", "2 refused")
    expect(place.remap("--patients", "empty", "-d", "basic", "-o", place.box / "x", study, status=2),
           "--patients belongs to --profile")


def a_url_is_no_folder(place):
    script = place.script('(0010,0020) := "Case 7"\n')
    for url in ("dicom://archive:104/AE", "https://example.org/x", "file:///tmp/x"):
        expect(place.remap("-d", script, "-o", url, place.study, status=2), "is a URL")
        assert not pathlib.Path(url).exists(), url
    expect(place.remap("-d", script, "--overwrite", "dicom://archive/AE", status=2), "is a URL")


def unchanged_files_are_copied(place):
    """What a script does not match is copied byte for byte; a profile reaches every file."""
    script = place.script('version "6.6"\n-(0018,9999)\n')
    out = place.box / "copies"
    place.remap("-d", script, "-o", out, place.study)
    copies = sorted(path for path in out.rglob("*") if path.is_file())
    assert copies
    for copy in copies:
        original = place.study.parent / copy.relative_to(out)
        assert copy.read_bytes() == original.read_bytes(), copy


def a_dicomdir_has_its_own_count(place):
    """It is DICOM, holds names, and is not copied: that is said."""
    images = pydicom.fileset.FileSet()
    for path in sorted(place.study.rglob("*.dcm"))[:2]:
        images.add(path)
    folder = place.box / "medium"
    images.write(folder)
    said = place.remap("-d", place.script('(0010,0010) := "X"\n'), "-o", place.box / "out", folder)
    expect(said, "0 not DICOM; 1 DICOMDIR", "a DICOMDIR repeats names")
    assert not list((place.box / "out").rglob("DICOMDIR"))


def what_scripts_did(place):
    """What a run says is told with and without echo statements, and so are statements that did nothing."""
    lines = ['version "6.6"', "(0008,0050) := hashUID[(0008,0018)]", '(0010,0010) := "Lefèvre^Zoë Ł"',
             '(0009,{No such creator}02) ?= "x"', "-(0018,9999)", '(0029,{ACME RADIOLOGY 2.1}77) := "x"']
    for number, echo in enumerate(("", 'echo "said"\n')):
        script = place.script("\n".join(lines) + "\n" + echo)
        said = place.remap("-d", script, "-o", place.box / str(number), place.study)
        expect(said, f"warning: {script}: line 2: what is computed for (0008,0050) Accession Number breaks its rules: "
               "SH holds at most 16 characters (57 files)",
               "the text of the file was turned to ISO_IR 192",
               "line 4: no file has the private creator No such creator\n",
               "line 6: no file has the private creator ACME RADIOLOGY 2.1; did you mean ACME RADIOLOGY 2.0?",
               "2 of 5 statements changed nothing in any file", "  line 4: (0009,{No such creator}02)",
               "  line 5: -(0018,9999)")
        assert (said.count(": said\n") == 57) == bool(echo), said
    said = place.remap("-d", "Basic2006", "-o", place.box / "basic", place.study)
    expect(said, "statements changed nothing in any file (--verbose lists them)")
    expect(place.remap("-d", "Basic2006", "--verbose", "-o", place.box / "all", place.study), "  line ")


def oddities_are_told(place):
    """A file that is read all the same says what is wrong with it."""
    image = next(path for path in sorted(place.study.rglob("*.dcm"))
                 if pydicom.dcmread(path).file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1")
    folder = place.box / "odd"
    folder.mkdir()
    content = image.read_bytes()
    (folder / "odd.dcm").write_bytes(content.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2\0\0\0", 1))
    said = place.remap("-d", place.script('(0010,0010) := "X"\n'), "-o", place.box / "out", folder)
    expect(said, "odd.dcm: is encoded otherwise than its transfer syntax says, in explicit VR little endian")
    written = pydicom.dcmread(next((place.box / "out").rglob("*.dcm")))
    assert written.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.1" and written.PatientName == "X"


def days_are_a_number(place):
    for wrong in ("0", "abc", "1.5", ""):
        expect(place.writes_nothing("-d", "TeachingFile", "--set", f"days={wrong}"), "days must be a whole number of days")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--shots")
    options = parser.parse_args()
    for job in (nothing_to_apply, misspelt, torn_images, unusable_tables, what_became_of_it, interrupted,
                nothing_to_roll_back, killed_before_anything_was_done, profile, patients, a_url_is_no_folder,
                unchanged_files_are_copied, a_dicomdir_has_its_own_count, what_scripts_did,
                oddities_are_told, days_are_a_number):
        with tempfile.TemporaryDirectory() as box:
            job(Place(options.bin, pathlib.Path(box)))
            print(job.__name__.replace("_", " "))


if __name__ == "__main__":
    sys.exit(main())
