"""Looks at files that the program wrote, with readers that are not ours."""

import os
import subprocess
import warnings

import pydicom

from teaching_file import CASE, DIAGNOSIS, INITIALS

warnings.simplefilter("ignore")


def files_below(folder):
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, _, names in os.walk(folder) for name in names)


def read(path):
    """The data set, or None when it is no DICOM file."""
    try:
        return pydicom.dcmread(path)
    except pydicom.errors.InvalidDicomError:
        return None


def private_elements(data_set):
    found = []
    data_set.walk(lambda _, element: found.append(element.tag) if element.tag.is_private else None)
    return found


def check_reader(command, path):
    done = subprocess.run([*command, path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 0, f"{command[0]} cannot read {path}: {done.stderr}"


def check_one(before, after, path):
    assert after.get("PixelData") == before.get("PixelData"), f"pixel data of {path} differ"
    assert not private_elements(after), f"private attributes are left in {path}: {private_elements(after)}"
    shown = (str(after.PatientName), after.PatientID, after.AccessionNumber)
    assert shown == (DIAGNOSIS, CASE, INITIALS), f"{path} has {shown}"
    assert after.file_meta.MediaStorageSOPInstanceUID == after.SOPInstanceUID
    assert after.SOPInstanceUID != before.SOPInstanceUID
    for keyword in ("PatientAge", "PatientSex"):
        assert after.get(keyword) == before.get(keyword), f"{keyword} of {path} was not kept"


def check_copies(original, written):
    """Compares the folder that was worked on with what it was; returns a sentence that says what was compared."""
    assert files_below(original) == files_below(written), "files were lost or added"
    images, studies, series, old_series = 0, set(), set(), set()
    for name in files_below(original):
        path = os.path.join(written, name)
        before, after = read(os.path.join(original, name)), read(path)
        if before is None:
            continue
        check_one(before, after, name)
        check_reader(["dcmdump", "-q"], path)
        check_reader(["gdcmdump"], path)
        images += 1
        studies.add(after.StudyInstanceUID)
        series.add(after.SeriesInstanceUID)
        old_series.add(before.SeriesInstanceUID)
    assert images > 0 and len(studies) == 1 and len(series) == len(old_series)
    return (f"{images} images in, {images} images out, in 1 study and {len(series)} series; pixel data the same, no "
            "private attribute left; pydicom, dcmdump and gdcmdump read all of them")
