"""Measures the programs beside others on the same files, in turns, and writes docs/performance.md.

    bench.py --bin FOLDER --data FOLDER [--files N] [--rounds N] [--growth] [--write FILE]

The times of a machine vary; each row is the median of the ratios of neighbouring runs.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

import make_ct

TAGS = ("10,10", "10,20", "20,d", "20,e", "8,18", "20,13")


PYDICOM = """
import pathlib, sys, pydicom
for path in pathlib.Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        str(pydicom.dcmread(path, stop_before_pixels=True))
"""


class Bench:
    def __init__(self, programs, data, rounds):
        self.programs, self.data, self.rounds = programs, data, rounds
        self.rows = []

    def study(self, files, pixels=512, implicit=False):
        folder = self.data / f"ct-{files}-{pixels}{'-implicit' if implicit else ''}"
        if not folder.exists():
            make_ct.make(folder, files, pixels, implicit)
        return folder

    def timed(self, *command):
        """Milliseconds of a command."""
        began = time.monotonic()
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        return (time.monotonic() - began) * 1000

    def window(self, *arguments):
        """What dicombrowser --timing says, by name."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(self.data / "config"))
        done = subprocess.run([self.programs / "dicombrowser", "--timing", "--quit", *map(str, arguments)],
                              check=True, capture_output=True, text=True, env=environment)
        return {name: float(value) for name, value in re.findall(r"timing: ([^:]+): ([0-9.]+)", done.stderr)}

    def shown_and_gone(self, *command):
        """Milliseconds of a program that shows its window and ends: loading its libraries is part of starting."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME=str(self.data / "config"))
        began = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        return (time.monotonic() - began) * 1000

    def peer(self, what, folder):
        done = subprocess.run([self.programs / "bench_peers", what, folder, str(os.cpu_count())], check=True,
                              capture_output=True, text=True)
        return float(done.stdout)

    def scanner(self, folder):
        tags = [part for tag in TAGS for part in ("-t", tag)]
        return self.timed("gdcmscanner", "-r", "-d", folder, *tags)

    def compare(self, work, target, ours, peer, name):
        """A row of ours / peer, run in turns; both give milliseconds."""
        pairs = [(ours(), peer()) for _ in range(self.rounds)]
        mine, theirs = (statistics.median(times) for times in zip(*pairs))
        ratio = statistics.median(one / other for one, other in pairs)
        self.add(work, f"{mine:.0f} ms", f"{name}: {theirs:.0f} ms", ratio, target)

    def beside(self, work, mine, peers):
        """Rows without a target: what else people have. They take long, and run once."""
        for name, peer in peers.items():
            ours, theirs = mine(), peer()
            self.add(work, f"{ours:.0f} ms", f"{name}: {theirs:.0f} ms", ours / theirs)

    def add(self, work, mine, theirs, ratio, target=None):
        good = "" if target is None else "yes" if ratio <= target else "**no**"
        most = "" if target is None else f"{target:.2f}"
        self.rows.append((work, mine, theirs, f"{ratio:.2f}", most, good))
        print(" | ".join(self.rows[-1]), flush=True)

    def table(self):
        head = ("work", "ours", "beside", "ratio", "at most", "met")
        lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows])


def opening(bench, study):
    def tree(*options):
        told = bench.window(*options, study)
        return told["tree complete"] - told["window on screen"]

    bench.compare("open a folder until the tree is complete", 1 / 5, tree, lambda: bench.scanner(study),
                  "gdcmscanner, six tags")
    bench.compare("the same", 3, tree, lambda: bench.peer("read", study), "open and read 64 KiB of each file")
    bench.compare("select everything until the table is complete", 1 / 4,
                  lambda: bench.window("--select-all", study)["table after the selection"],
                  lambda: bench.peer("text", study), "DCMTK, headers as text")
    bench.beside("the same", lambda: bench.window("--select-all", study)["table after the selection"], {
        "dcmdump": lambda: bench.timed("dcmdump", "+sd", "+r", "-ml", study),
        "gdcmdump": lambda: bench.timed("gdcmdump", "-r", study),
        "pydicom": lambda: bench.timed("/usr/bin/python3", "-c", PYDICOM, study)})
    bench.compare("start, first window, end", 1.5,
                  lambda: bench.shown_and_gone(bench.programs / "dicombrowser", "--timing", "--quit"),
                  lambda: bench.shown_and_gone(bench.programs / "bench_empty_window"), "an empty QMainWindow")


def implicit_vr(bench, files):
    """The same images in implicit and in explicit VR; small ones, so that the headers count."""
    explicit, implicit = bench.study(files, 16), bench.study(files, 16, implicit=True)

    def tree(study):
        told = bench.window(study)
        return told["tree complete"] - told["window on screen"]

    for study in (explicit, implicit):
        tree(study)  # the cache is warm then
    bench.compare("open images in implicit VR until the tree is complete", 1.3, lambda: tree(implicit),
                  lambda: tree(explicit), "the same in explicit VR")
    bench.compare("select them until the table is complete", 1.3,
                  lambda: bench.window("--select-all", implicit)["table after the selection"],
                  lambda: bench.window("--select-all", explicit)["table after the selection"],
                  "the same in explicit VR")


def memory(bench, study, files):
    empty = statistics.median(bench.window()["resident memory"] for _ in range(bench.rounds))
    full = bench.window("--select-all", study)
    each = (full["resident memory"] - empty) * 1024 / files
    bench.add("memory after selecting everything", f"{each:.1f} KiB per image", "6 KB", each * 1.024 / 6, 1)
    for work, name, most in (("select one series after that", "one series after that", 50),
                             ("delete all private attributes, show the table again",
                              "private attributes deleted, the table again", 300)):
        took = statistics.median(bench.window("--select-all", study)[name] for _ in range(bench.rounds))
        bench.add(work, f"{took:.0f} ms", f"{most} ms", took / most, 1)
    turn = full["longest turn of the event loop"]
    bench.add("longest turn of the event loop", f"{turn:.0f} ms", "50 ms", turn / 50, 1)


class Targets:
    """Folders to write to, each once. What was written is emptied at once and removed at the end: for minutes after
    files were removed ext4 avoids their places, which costs whoever makes files next more than the writing."""

    def __init__(self, folder):
        self.folder = folder
        self.remove()
        folder.mkdir()
        self.count = 0

    def next(self):
        os.sync()
        for path in self.folder.rglob("*"):
            if path.is_file():
                os.truncate(path, 0)
        os.sync()
        self.count += 1
        return self.folder / str(self.count)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def inner(bench):
    """Google Benchmark's figures of the inner parts."""
    program = bench.programs / "bench_inner"
    done = subprocess.run([program, "--benchmark_format=json", "--benchmark_repetitions=5",
                           "--benchmark_report_aggregates_only=true"], check=True, capture_output=True, text=True)
    lines = ["| part | median |", "| --- | --- |"]
    for part in json.loads(done.stdout)["benchmarks"]:
        if part["aggregate_name"] == "median":
            lines.append(f"| {part['run_name']} | {part['real_time']:.0f} {part['time_unit']} |")
            print(lines[-1], flush=True)
    return "\n".join(lines)


def saving(bench, study):
    script = bench.data / "script.das"
    script.write_text('(0010,0010) := "Case 1"\n(0010,0020) := "1"\n- (0008,0080)\n')
    targets = Targets(bench.data / "out")

    def fresh(command):
        return lambda: bench.timed(*command(targets.next()))

    def remap(*options):
        return fresh(lambda target: [bench.programs / "dicomremap", "-d", script, "-o", target, study, *options])

    bench.compare("save to a new root with a script, not synced", 1.3, remap("--no-sync"),
                  fresh(lambda target: ["cp", "-r", study, target]), "cp -r")
    bench.compare("save durably", 1.3, remap(),
                  fresh(lambda target: ["sh", "-c", f"cp -r '{study}' '{target}' && sync -f '{target}'"]),
                  "cp -r and sync -f")

    def modified(target):
        shutil.copytree(study, target)
        images = [path for path in target.rglob("*") if path.is_file()]
        os.sync()
        return bench.timed("dcmodify", "-nb", "-m", "(0010,0010)=Case 1", "-m", "(0010,0020)=1", "-ea",
                           "(0008,0080)", *images)

    bench.beside("save to a new root with a script, not synced", remap("--no-sync"), {
        "gdcmanon --dumb": fresh(lambda target: ["gdcmanon", "--dumb", "--replace", "10,10,Case 1", "--replace",
                                                 "10,20,1", "--remove", "8,80", "-r", "-i", study, "-o", target]),
        "dcmodify, in place": lambda: modified(targets.next())})
    targets.remove()


def growth(bench):
    lines = ["| files | tree complete | table complete after the selection | resident memory |", "| --- |" + " --- |" * 3]
    for files in (1_000, 10_000, 100_000):
        study = bench.study(files, 16)
        bench.window(study)  # the cache is warm then
        told = bench.window("--select-all", study)
        tree = told["tree complete"] - told["window on screen"]
        lines.append(f"| {files:,} | {tree:.0f} ms, {tree * 1000 / files:.0f} µs each | "
                     f"{told['table after the selection']:.0f} ms, "
                     f"{told['table after the selection'] * 1000 / files:.0f} µs each | "
                     f"{told['resident memory']:.0f} MiB |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def machine():
    name = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    kib = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1))
    return f"{name.group(1) if name else platform.machine()}, {os.cpu_count()} cores, {kib // 2**20} GiB, " \
           f"{platform.freedesktop_os_release()['PRETTY_NAME']}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--files", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--write", type=pathlib.Path)
    options = parser.parse_args()
    bench = Bench(options.bin, options.data, options.rounds)
    study = bench.study(options.files)
    bench.peer("read", study)  # the cache is warm then
    opening(bench, study)
    implicit_vr(bench, options.files)
    memory(bench, study, options.files)
    saving(bench, study)
    grown = growth(bench) if options.growth else ""
    parts = inner(bench) if options.growth else ""
    if options.write:
        text = options.write.read_text()
        for mark, table in (("measured", f"{machine()}; {options.files:,} CT images of 0.5 MB with 263 elements; "
                             f"medians of {options.rounds} runs.\n\n{bench.table()}"), ("growth", grown), ("inner", parts)):
            if table:
                text = re.sub(f"(<!-- {mark} -->\n).*?(<!-- end -->)", lambda found: found[1] + table + "\n" + found[2],
                              text, flags=re.S)
        options.write.write_text(text)


if __name__ == "__main__":
    sys.exit(main())
