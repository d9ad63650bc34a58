"""Kills dicomremap at random moments while it overwrites a study: every file must be the old one or the new one, and
the save must be brought to an end by --recover or by the same command.

    kills.py --bin FOLDER [--files N] [--kills N] [--seed N]
"""

import argparse
import hashlib
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def digests(folder):
    """Of every file that is no leftover, by name."""
    return {path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".dicombrowser")}


def leftovers(folder):
    return sorted(path.name for path in folder.rglob(".dicombrowser*"))


class Job:
    """Gives every file of the study one of two states."""

    def __init__(self, programs, work, files):
        self.remap = str(programs / "dicomremap")
        self.study = work / "study"
        self.originals = work / "originals"
        subprocess.run([programs / "samplestudy", "--tiny", str(files), self.study], check=True,
                       stdout=subprocess.DEVNULL)
        self.scripts = {}
        for state in ("A", "B"):
            script = work / f"{state}.das"
            script.write_text(f'(0010,0010) := "State {state}"\n(0008,103E) := "{state * 40}"\n')
            self.scripts[state] = script

    def command(self, state, keep=False):
        kept = ["--keep-originals", str(self.originals)] if keep else []
        return [self.remap, "--overwrite", *kept, "-d", str(self.scripts[state]), str(self.study)]

    def finish(self, command):
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=120)
        assert done.returncode == 0, f"{command[1:]}: {done.stderr[-2000:]}"
        return done.stderr

    def kill(self, command, is_time):
        """Kills it as soon as is_time(); true when the program was still at work."""
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while not is_time():
            if process.poll() is not None:
                return False
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL

    def moment(self, choose, longest):
        """Half of them at any time, the others when a certain file has just been replaced: however fast the machine
        is, these hit the writing."""
        if choose.random() < 0.5:
            end = time.monotonic() + choose.uniform(0, longest)
            return lambda: time.monotonic() >= end
        watched = choose.choice(sorted(path for path in self.study.rglob("*") if path.is_file()))
        before = watched.stat().st_ino
        return lambda: watched.stat().st_ino != before


def check_states(found, allowed, moment):
    """How many files are in each of the allowed states."""
    counts = [0] * len(allowed)
    assert found.keys() == allowed[0].keys(), f"{moment}: files were lost or added"
    for name, digest in found.items():
        which = [i for i, state in enumerate(allowed) if state[name] == digest]
        assert which, f"{moment}: {name} is neither the old file nor the new one"
        counts[which[0]] += 1
    return counts


def one_kill(job, references, source, target, choose, longest):
    keep = choose.random() < 0.3
    command = job.command(target, keep)
    killed = job.kill(command, job.moment(choose, longest))
    states = (references[source], references[target])
    mixed = check_states(digests(job.study), states, "after the kill")
    how = choose.choice(("recover", "resume", "roll back"))
    if how == "roll back" and not keep:  # is refused
        how = "recover"
    if not leftovers(job.study) and not mixed[0]:  # it was killed when all was done: there is nothing to go on with
        how = "recover"
    if how == "resume":
        job.finish(command)
    else:
        job.finish([job.remap, "--recover", str(job.study), *(["--roll-back"] if how == "roll back" else [])])
    assert not leftovers(job.study), f"{how} left {leftovers(job.study)}"
    old, new = check_states(digests(job.study), states, f"after {how}")
    if how == "resume":
        assert old == 0, "the same command did not go on"
    if how == "roll back" and keep and killed:
        assert new == 0, f"{new} originals were not put back"
    if how == "recover":
        assert new >= mixed[1], "recovering lost new files"
    if how == "recover" and keep and killed and any(job.originals.glob("dicombrowser-originals-*")):
        job.finish([job.remap, "--restore", str(job.originals)])
        assert check_states(digests(job.study), states, "after restore")[1] == 0, "originals were not restored"
        left = sorted(path.name for path in job.originals.rglob("*"))
        assert not left, f"left where the originals were: {left}"
    shutil.rmtree(job.originals, ignore_errors=True)
    job.finish(job.command(target))
    assert check_states(digests(job.study), states, "in the end")[0] == 0
    return killed, killed and all(mixed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--shots")
    options = parser.parse_args()
    choose = random.Random(options.seed)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        job = Job(options.bin, pathlib.Path(folder), options.files)
        references = {}
        began = time.monotonic()
        for state in ("B", "A"):
            job.finish(job.command(state))
            references[state] = digests(job.study)
        longest = (time.monotonic() - began) / 2 * 1.1
        killed = mixed = 0
        source, target = "A", "B"
        runs = 0
        while killed < options.kills:
            runs += 1
            was_killed, was_mixed = one_kill(job, references, source, target, choose, longest)
            killed += was_killed
            mixed += was_mixed
            source, target = target, source
    print(f"{runs} overwrites of {options.files} files, {killed} killed, {mixed} of them with some files old "
          "and some new: every file was the old or the new one, and all were recovered")
    assert mixed >= max(1, killed // 4), "too few kills hit the writing"


if __name__ == "__main__":
    sys.exit(main())
