"""A desktop of its own for end-to-end tests: a virtual display, a window manager, and the program in a real window,
driven by mouse and keyboard and looked at through the accessibility bus.

    with Desktop(pictures) as desktop:              # inside run_on_private_bus()
        program = desktop.start("build/dev/bin/dicombrowser", folder)
        program.menu("Edit", "Apply Script…")

Whatever a test finds here is found by the name that a screen reader would say.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

NEEDED = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick",
          "dbus-run-session": "dbus"}
POLL = 0.1


class NotThere(AssertionError):
    """Something that should be on the screen is not."""


SKIPPED = 77  # what ctest is told


def skip_without(*folders):
    """Ends a test over folders of real files that are not there, and says so."""
    missing = [folder for folder in folders if folder and not os.path.isdir(folder)]
    if missing:
        print("SKIPPED: there is nothing in", ", ".join(missing))
        raise SystemExit(SKIPPED)


def run_on_private_bus():
    """Starts the calling script again on a session bus and display of its own; returns only in that second run."""
    if os.environ.get("DICOMBROWSER_E2E_INNER"):
        return
    missing = sorted(package for tool, package in NEEDED.items() if not shutil.which(tool))
    if missing:
        raise SystemExit("needs the packages: " + " ".join(missing))
    number = next(n for n in range(50, 900) if not os.path.exists(f"/tmp/.X11-unix/X{n}"))
    size = os.environ.get("DICOMBROWSER_E2E_SIZE", "1280x800")
    display = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    home = tempfile.mkdtemp(prefix="e2e-")
    environment = dict(os.environ, DICOMBROWSER_E2E_INNER="1", DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb",
                       QT_ACCESSIBILITY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", XDG_RUNTIME_DIR=home,
                       XDG_CONFIG_HOME=os.path.join(home, "config"), LC_ALL="C.UTF-8")
    environment.pop("WAYLAND_DISPLAY", None)
    try:
        wait(lambda: os.path.exists(f"/tmp/.X11-unix/X{number}"), 10, "the virtual display")
        status = subprocess.call(["dbus-run-session", "--", sys.executable, *sys.argv], env=environment)
    finally:
        display.terminate()
        display.wait()
        shutil.rmtree(home, ignore_errors=True)
    raise SystemExit(status)


def wait(condition, seconds, what):
    """Polls until condition() is true and returns what it returned."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise NotThere(f"waited {seconds} s in vain for {what}")
        time.sleep(POLL)


class Desktop:
    """Window manager and accessibility bus for as long as the with block lasts."""

    def __init__(self, pictures):
        self.pictures = pictures
        self.helpers = []
        self.programs = []

    def __enter__(self):
        os.makedirs(self.pictures, exist_ok=True)
        for command in (["openbox"], ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"]):
            self.helpers.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        time.sleep(1)
        return self

    def start(self, *command):
        program = Program(self, subprocess.Popen([str(part) for part in command]))
        self.programs.append(program)
        program.find("frame", seconds=30)
        return program

    def picture(self, name):
        path = os.path.join(self.pictures, name + ".png")
        subprocess.run(["import", "-window", "root", path], check=True)
        return path

    def __exit__(self, kind, value, trace):
        if kind:
            self.picture("failure")
            for program in self.programs:
                program.describe(os.path.join(self.pictures, "failure.txt"))
        for process in [program.process for program in self.programs] + self.helpers:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


class Program:
    """One running program: finding, reading and using what its windows show."""

    def __init__(self, desktop, process):
        import pyatspi
        self.spi = pyatspi
        self.desktop = desktop
        self.process = process

    # --- looking

    def root(self):
        desktop = self.spi.Registry.getDesktop(0)
        for application in (desktop.getChildAtIndex(i) for i in range(desktop.childCount)):
            try:
                if application and application.get_process_id() == self.process.pid:
                    return application
            except Exception:  # an application that is just going away
                continue
        return None

    def visible(self, under=None):
        """Every accessible element that is shown, parents first. Cells of tables and trees are left out."""
        pending = [under or self.root()]
        while pending:
            element = pending.pop()
            try:
                if element is None:
                    continue
                states = element.getState()
                role = element.getRoleName()
                children = [] if role in ("table", "tree", "tree table", "list") else [
                    element.getChildAtIndex(i) for i in range(element.childCount)]
                if role == "application" or states.contains(self.spi.STATE_SHOWING):
                    yield role, (element.name or "").replace("&", ""), element
                pending += reversed(children)
            except Exception:  # the element went away while we looked
                continue

    def look(self, role=None, name=None):
        for found_role, found_name, element in self.visible():
            if (role is None or found_role == role) and (
                    name is None or found_name == name or found_name.rstrip("….") == name.rstrip("….")):
                return element
        return None

    def find(self, role=None, name=None, seconds=10):
        def alive():
            if self.process.poll() is not None:
                raise NotThere(f"the program ended with status {self.process.returncode}")
            return self.look(role, name)
        return wait(alive, seconds, f"{role or 'element'} “{name}”")

    def wait_gone(self, role, name, seconds=60):
        wait(lambda: self.look(role, name) is None, seconds, f"{role} “{name}” to go")

    def text(self, element):
        try:
            return element.queryText().getText(0, -1)
        except NotImplementedError:
            return element.name or ""

    def says(self, words):
        """True when a shown label, field or the status bar has the words in it."""
        return any(words in name or words in self.text(element)
                   for role, name, element in self.visible() if role in ("label", "text", "status bar", "push button"))

    def cells(self, view, most=3000):
        """Rows of a table or an expanded tree as they are shown, each a list of cell texts."""
        grid = view.queryTable()
        columns = range(grid.nColumns)
        return [[(grid.getAccessibleAt(row, column).name or "") for column in columns]
                for row in range(min(grid.nRows, most))]

    def row_of(self, view, column, text):
        grid = view.queryTable()
        for row in range(grid.nRows):
            if (grid.getAccessibleAt(row, column).name or "") == text:
                return row
        raise NotThere(f"no row with “{text}” in column {column}")

    def describe(self, path):
        with open(path, "a", encoding="utf-8") as file:
            for role, name, _ in self.visible():
                print(role, repr(name), file=file)

    def picture(self, name):
        time.sleep(0.4)
        return self.desktop.picture(name)

    # --- acting

    def _do(self, *words):
        subprocess.run(["xdotool", *[str(word) for word in words]], check=True)
        time.sleep(0.12)

    def point(self, element):
        area = element.queryComponent().getExtents(self.spi.DESKTOP_COORDS)
        return area.x + min(area.width // 2, 150), area.y + area.height // 2

    def click(self, element, times=1, held=None):
        self._do("mousemove", *self.point(element))
        if held:
            self._do("keydown", held)
        self._do("click", "--repeat", times, "--delay", 70, 1)
        if held:
            self._do("keyup", held)

    def press(self, *keys):
        for key in keys:
            self._do("key", "--clearmodifiers", key)

    def type(self, text):
        self._do("type", "--clearmodifiers", "--delay", 12, text)

    def push(self, name, seconds=10):
        self.click(self.find("push button", name, seconds))

    def menu(self, *names):
        for name in names:
            self.click(wait(lambda: next((element for role, found, element in self.visible()
                                          if role.endswith("menu item") or role == "menu"
                                          if found.rstrip("….") == name.rstrip("….")), None), 10, f"menu entry “{name}”"))
            time.sleep(0.2)

    def rest(self):
        """Moves the mouse where it hovers over nothing that would say something of itself."""
        self._do("mousemove", 700, 1)

    def choose_file(self, path):
        """Types a path into the open file dialog."""
        field = self.find("text", "File name:") if self.look("text", "File name:") else None
        if field:
            self.click(field)
        self.press("ctrl+a")
        self.type(str(path))
        self.press("Return")
        time.sleep(0.4)

    def close(self, seconds=20):
        """Quits; asked again, since a busy machine loses keys, and the window the focus, while a dialog goes: by the
        mouse then, which needs no focus and no window manager."""
        end = time.monotonic() + seconds
        while True:
            self.press("ctrl+q")
            try:
                return self.process.wait(5)
            except subprocess.TimeoutExpired:
                if time.monotonic() > end:
                    raise
            subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "windowfocus"],
                           check=False)
            try:
                self.menu("File", "Quit")
            except Exception as problem:  # it may be gone by now, which the next wait tells
                print(f"the menu cannot be used to quit: {problem}", flush=True)
