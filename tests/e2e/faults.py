"""What goes wrong around dicomremap must never lose an image: a full disk, failing calls, missing permissions, awkward
names, folders that go away, a second program. One function for each; all are run.

    faults.py --bin FOLDER [--only WORD]
"""

import argparse
import errno
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import pydicom

from kills import digests, leftovers

UNPRIVILEGED = 65534  # nobody
IMAGES = 4
SCRIPT = '(0010,0010) := "Case 7"\n(0008,103E) := "A new series description"\n'


class NotHere(Exception):
    """The machine does not allow this test; its reason is told."""


class Place:
    """A folder with a small study, a script, and what a save of it should give."""

    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = pathlib.Path(folder)
        self.study = self.folder / "study"
        self.script = self.folder / "case.das"
        self.script.write_text(SCRIPT)
        subprocess.run([programs / "samplestudy", "--tiny", str(IMAGES), self.study], check=True,
                       stdout=subprocess.DEVNULL)
        self.old = digests(self.study)
        copy = self.folder / "reference"
        shutil.copytree(self.study, copy)
        done = self.run("--overwrite", copy)
        assert done.returncode == 0, done.stderr
        self.new = digests(copy)
        assert not set(self.old.values()) & set(self.new.values())

    def command(self, *arguments):
        return [str(self.programs / "dicomremap"), "-d", str(self.script), *map(str, arguments)]

    def run(self, *arguments, before=(), **environment):
        return subprocess.run([*before, *self.command(*arguments)], stderr=subprocess.PIPE, text=True,
                              errors="surrogateescape", timeout=60, env={**os.environ, **environment})

    def reset(self, fresh):
        shutil.rmtree(self.study, ignore_errors=True)
        shutil.copytree(fresh, self.study)

    def check(self, what, folder=None):
        """Every file is the old or the new one."""
        for name, digest in digests(folder or self.study).items():
            assert digest in (self.old.get(name), self.new.get(name)), f"{what}: {name} is neither old nor new"

    def recover(self, what):
        done = subprocess.run([self.programs / "dicomremap", "--recover", self.study], stderr=subprocess.PIPE,
                              text=True, timeout=60)
        assert done.returncode == 0, f"{what}: {done.stderr}"
        assert not leftovers(self.study), f"{what}: {leftovers(self.study)} were left"

    def check_finishes(self, what):
        """When nothing fails any more, the same command makes everything new."""
        done = self.run("--overwrite", self.study)
        assert done.returncode == 0, f"{what}: {done.stderr}"
        assert digests(self.study) == self.new, f"{what}: the second run did not finish"


def calls_of(place, fresh, call, path, arguments):
    counted = place.folder / "count"
    counted.unlink(missing_ok=True)
    place.reset(fresh)
    done = place.run(*arguments, LD_PRELOAD=str(place.programs / "libfaults.so"), FAULT_CALL=call, FAULT_PATH=path,
                     FAULT_COUNT=str(counted), FAULT_AT="0")
    assert done.returncode == 0, done.stderr
    shutil.rmtree(place.folder / "originals", ignore_errors=True)
    return int(counted.read_text()) if counted.exists() else 0


def inject(place, call, path, code, lasting=False, keep=False):
    """Lets the call fail at its first, second, … use, until all uses were tried; how many there are."""
    fresh = place.folder / "fresh"
    if not fresh.exists():
        shutil.copytree(place.study, fresh)
    kept = ["--keep-originals", place.folder / "originals"] if keep else []
    arguments = ["--threads", "1", "--overwrite", *kept, place.study]
    uses = calls_of(place, fresh, call, path, arguments)
    assert uses > 0, f"{call} of {path} is never called"
    # Where there are hundreds of uses, some of them tell as much as all.
    for at in range(1, uses + 1, max(1, uses // 60)):
        what = f"{call} {at} of {uses} ({path}) fails with {errno.errorcode[code]}"
        place.reset(fresh)
        shutil.rmtree(place.folder / "originals", ignore_errors=True)
        done = place.run(*arguments, LD_PRELOAD=str(place.programs / "libfaults.so"), FAULT_CALL=call, FAULT_PATH=path,
                         FAULT_ERRNO=str(code), FAULT_AT=str(at), **({"FAULT_ON": "1"} if lasting else {}))
        assert done.returncode in (0, 1, 2), f"{what}: exit status {done.returncode}: {done.stderr[-500:]}"
        place.check(what)
        if digests(place.study) != place.new:
            assert done.returncode != 0, f"{what}: success was reported"
            assert len(done.stderr) > 40, f"{what}: nothing was said"
        place.recover(what)
        place.check(what + ", recovered")
        shutil.rmtree(place.folder / "originals", ignore_errors=True)
        place.check_finishes(what)
    return uses


# --- the cases

def disk_full_at_every_write(place):
    return inject(place, "write", "/study/", errno.ENOSPC, lasting=True)


def quota_exceeded_at_every_write(place):
    return inject(place, "write", "/study/", errno.EDQUOT)


def disk_of_the_originals_full(place):
    return inject(place, "write", "/originals/", errno.ENOSPC, lasting=True, keep=True)


def write_error(place):
    return inject(place, "write", "/study/", errno.EIO)


def error_only_at_sync(place):
    return inject(place, "fsync", "/study", errno.EIO)


def error_only_at_close(place):
    return inject(place, "close", ".tmp", errno.EIO)


def error_at_rename(place):
    return inject(place, "rename", "/study/", errno.EIO)


def error_at_open_for_writing(place):
    return inject(place, "open", "/study/", errno.EROFS, lasting=True)


def read_error_in_the_source(place):
    return inject(place, "read", ".dcm", errno.EIO)


def read_error_when_reading_back(place):
    return inject(place, "read", ".tmp", errno.EIO)


def small_disk(place):
    """A real file system that is full, at every size."""
    mount = place.folder / "disk"
    mount.mkdir()
    fresh = place.folder / "fresh"
    shutil.copytree(place.study, fresh)
    need = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file())
    tried = 0
    for size in range(need + 8192, 2 * need + 131072, max(4096, need // 8 // 4096 * 4096)):
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", mount], stderr=subprocess.PIPE,
                              text=True)
        if made.returncode != 0:
            raise NotHere(f"no file system can be mounted here ({made.stderr.strip()})")
        try:
            shutil.copytree(fresh, mount / "study")
        except OSError:
            subprocess.run(["umount", mount], check=True)
            continue
        try:
            done = place.run("--overwrite", mount / "study")
            place.check(f"a disk of {size} bytes", mount / "study")
            if digests(mount / "study") != place.new:
                assert done.returncode != 0 and "space" in done.stderr.lower(), done.stderr
            tried += 1
        finally:
            subprocess.run(["umount", mount], check=True)
    assert tried > 0
    return tried


def read_only_file_system(place):
    mount = place.folder / "mount"
    mount.mkdir()
    for command in (["mount", "--bind", place.study, mount], ["mount", "-o", "remount,ro,bind", mount]):
        made = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        if made.returncode != 0:
            raise NotHere(f"no file system can be mounted here ({made.stderr.strip()})")
    try:
        done = place.run("--overwrite", mount)
        assert done.returncode == 1 and "Read-only" in done.stderr, done.stderr
    finally:
        subprocess.run(["umount", mount], check=True)
    assert digests(place.study) == place.old


def unprivileged(place):
    """So that modes count, which they do not for root."""
    if os.getuid() != 0:
        return []
    for path in (place.folder, place.study, *place.study.rglob("*")):
        os.chown(path, UNPRIVILEGED, UNPRIVILEGED)
    return ["setpriv", f"--reuid={UNPRIVILEGED}", f"--regid={UNPRIVILEGED}", "--clear-groups"]


def folder_that_cannot_be_written(place):
    before = unprivileged(place)
    folders = [place.study, *(path for path in place.study.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    done = place.run("--overwrite", place.study, before=before)
    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 1 and "cannot be written" in done.stderr, done.stderr
    assert digests(place.study) == place.old and not leftovers(place.study)


def file_that_cannot_be_read(place):
    before = unprivileged(place)
    closed = sorted(path for path in place.study.rglob("*") if path.is_file())[0]
    closed.chmod(0)
    done = place.run("--overwrite", place.study, before=before)
    closed.chmod(0o644)
    assert done.returncode == 1 and closed.name in done.stderr and "1 failed" in done.stderr, done.stderr
    found = digests(place.study)
    assert sum(found[name] == place.new[name] for name in found) == len(found) - 1


def target_in_another_file_system(place):
    other = "/dev/shm"
    if not os.access(other, os.W_OK) or os.stat(other).st_dev == place.study.stat().st_dev:
        raise NotHere("there is no other file system to write to")
    with tempfile.TemporaryDirectory(dir=other) as folder:
        target = pathlib.Path(folder) / "out"
        done = place.run("-o", target, place.study)
        assert done.returncode == 0, done.stderr
        assert digests(target / "study") == place.new
        done = place.run("--overwrite", "--keep-originals", target / "originals", place.study)
        assert done.returncode == 0, done.stderr
        assert digests(target / "originals" / "study").items() >= place.old.items()
    assert digests(place.study) == place.new


def any_image(place):
    return sorted(path for path in place.study.rglob("*") if path.is_file())[0]


def symbolic_link(place):
    real = place.folder / "elsewhere.dcm"
    link = any_image(place)
    content = place.old[link.relative_to(place.study).as_posix()]
    shutil.move(link, real)
    link.symlink_to(real)
    assert place.run("--overwrite", place.study).returncode == 0
    assert link.is_symlink(), "the link was replaced"
    assert digests(place.study) == place.new and content != digests(place.study)[link.relative_to(place.study).as_posix()]


def hard_link(place):
    image = any_image(place)
    other = place.folder / "other-name.dcm"
    os.link(image, other)
    before = other.read_bytes()
    done = place.run("--overwrite", place.study)
    assert done.returncode == 0 and "hard links" in done.stderr, done.stderr
    assert other.read_bytes() == before and digests(place.study) == place.new


def awkward_names(place):
    image = any_image(place).read_bytes()
    names = [b"-d", b"two\nlines.dcm", b" blank ", b"\xe2\x98\xa0.dcm", b"%1 %n.dcm", b"x" * 255, b"..hidden", b"$(x)`.dcm"]
    work = place.folder / "names"
    work.mkdir()
    for name in names:
        (pathlib.Path(os.fsdecode(os.fsencode(work) + b"/" + name))).write_bytes(image)
    done = place.run("--overwrite", "--keep-originals", place.folder / "kept", work)
    assert done.returncode == 0 and f"{len(names)} written" in done.stderr, done.stderr
    found = set(digests(work).values())
    assert len(found) == 1 and found <= set(place.new.values())
    done = place.run("-o", place.folder / "out", work)
    assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(place.folder / "out" / "names")) == sorted(os.listdir(work))


def name_that_is_no_text(place):
    image = any_image(place).read_bytes()
    work = os.fsencode(place.folder / "bytes")
    os.mkdir(work)
    for name in (b"/caf\xe9.dcm", b"/good.dcm"):
        with open(work + name, "wb") as file:
            file.write(image)
    done = place.run("--overwrite", os.fsdecode(work))
    assert done.returncode == 1 and "1 written" in done.stderr and "1 failed" in done.stderr, done.stderr
    assert sorted(os.listdir(work)) == [b"caf\xe9.dcm", b"good.dcm"]
    with open(work + b"/caf\xe9.dcm", "rb") as file:
        assert file.read() == image


def suffix_makes_a_name_too_long(place):
    work = place.folder / "long"
    work.mkdir()
    (work / ("y" * 255)).write_bytes(any_image(place).read_bytes())
    out = place.folder / ("z" * 255)
    done = place.run("-o", out, work)
    assert done.returncode == 0, done.stderr
    done = place.run("-o", place.folder / ("w" * 256), work)
    assert done.returncode != 0 and "cannot be" in done.stderr, done.stderr


class Slowed:
    """Runs a save that is slow enough for something to happen meanwhile."""

    def __init__(self, place, *arguments):
        self.process = subprocess.Popen(place.command("--threads", "1", *arguments), stderr=subprocess.PIPE, text=True,
                                        errors="surrogateescape")

    def wait(self):
        said = self.process.communicate(timeout=60)[1]
        return self.process.returncode, said


def many(place, count=400):
    shutil.rmtree(place.study)
    subprocess.run([place.programs / "samplestudy", "--tiny", str(count), place.study], check=True,
                   stdout=subprocess.DEVNULL)
    place.old = digests(place.study)
    copy = place.folder / "reference-many"
    shutil.copytree(place.study, copy)
    assert place.run("--overwrite", copy).returncode == 0
    place.new = digests(copy)


def wait_for(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.002)


def folder_deleted_meanwhile(place):
    many(place)
    save = Slowed(place, "--overwrite", place.study)
    wait_for(lambda: leftovers(place.study))
    moved = place.folder / "moved"
    os.rename(place.study, moved)
    status, said = save.wait()
    place.check("the folder was moved away", moved)
    assert not place.study.exists(), "the folder came back"
    if digests(moved) != place.new:
        assert status == 1 and "failed" in said, said


def source_truncated_meanwhile(place):
    many(place)
    fresh = place.folder / "fresh"
    shutil.copytree(place.study, fresh)
    last = sorted(path for path in place.study.rglob("*") if path.is_file())[-1]
    for _ in range(5):  # when it comes too late, the new file is what is cut off
        place.reset(fresh)
        save = Slowed(place, "--overwrite", place.study)
        wait_for(lambda: leftovers(place.study))
        os.truncate(last, 700)
        status, said = save.wait()
        if status != 0:
            break
    name = last.relative_to(place.study).as_posix()
    found = digests(place.study)
    if found[name] != place.new[name]:
        assert last.stat().st_size == 700 and status == 1 and last.name in said, said
    found[name] = place.new[name]
    assert found == place.new


def two_programs_at_once(place):
    many(place)
    first = Slowed(place, "--overwrite", place.study)
    wait_for(lambda: leftovers(place.study))
    second = place.run("--overwrite", place.study)
    status, said = first.wait()
    place.check("two programs")
    assert status == 0, said
    if second.returncode != 0:
        assert "another program" in second.stderr or "changed" in second.stderr, second.stderr
    assert digests(place.study) == place.new and not leftovers(place.study)


def stopped_by_the_user(place):
    many(place)
    save = Slowed(place, "--overwrite", place.study)
    wait_for(lambda: leftovers(place.study))
    save.process.terminate()
    status, said = save.wait()
    place.check("stopped")
    assert status == 0 or (status == 1 and "run the same command again" in said), said
    place.check_finishes("stopped")
    assert not leftovers(place.study)


def copy_killed_and_gone_on_with(place):
    """New UIDs must be those of one run, and no file may be written twice."""
    many(place)
    place.script.write_text('(0020,000D) := new UID\n(0008,0018) := new UID\n')
    out = place.folder / "copy"
    save = Slowed(place, "-o", out, place.study)
    wait_for(lambda: out.exists() and len(digests(out)) > 20)
    save.process.kill()
    save.wait()
    before = digests(out)
    done = place.run("-o", out, place.study)
    assert done.returncode == 0, done.stderr
    if len(before) < len(place.old):
        assert "before the interruption" in done.stderr, done.stderr
    after = digests(out / "study")
    assert len(after) == len(place.old) and not leftovers(out)
    assert before.items() <= digests(out).items(), "files were written again"
    images = [pydicom.dcmread(path, stop_before_pixels=True) for path in out.rglob("*.dcm")]
    assert len({image.StudyInstanceUID for image in images}) == 1, "the study was torn apart"
    assert len({image.SOPInstanceUID for image in images}) == len(images)


def another_job_does_not_go_on(place):
    many(place)
    out = place.folder / "copy"
    save = Slowed(place, "-o", out, place.study)
    wait_for(lambda: out.exists() and len(digests(out)) > 20)
    save.process.kill()
    save.wait()
    place.script.write_text(SCRIPT.replace("7", "8"))
    done = place.run("-o", out, place.study)
    assert done.returncode == 2 and "another job was interrupted" in done.stderr, done.stderr


CASES = [disk_full_at_every_write, quota_exceeded_at_every_write, disk_of_the_originals_full, write_error,
         error_only_at_sync, error_only_at_close, error_at_rename, error_at_open_for_writing,
         read_error_in_the_source, read_error_when_reading_back, small_disk, read_only_file_system,
         folder_that_cannot_be_written, file_that_cannot_be_read, target_in_another_file_system, symbolic_link,
         hard_link, awkward_names, name_that_is_no_text, suffix_makes_a_name_too_long, folder_deleted_meanwhile,
         source_truncated_meanwhile, two_programs_at_once, stopped_by_the_user,
         copy_killed_and_gone_on_with, another_job_does_not_go_on]


def run_case(case, programs):
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        try:
            count = case(Place(programs, folder))
            print(f"ok       {case.__name__}" + (f": {count} points" if count else ""))
        except NotHere as reason:
            print(f"NOT RUN  {case.__name__}: {reason}")
        except Exception:
            print(f"FAILED   {case.__name__}: {traceback.format_exc()[:3000]}")
            return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--shots")
    options = parser.parse_args()
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    results = [run_case(case, options.bin.resolve()) for case in CASES if options.only in case.__name__]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
