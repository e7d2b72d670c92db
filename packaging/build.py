"""Build what users install: `python packaging/build.py app deb`.

`app` freezes the wheel into `dist/briefing-desk/` and lets it test itself; `deb` wraps that folder for
Debian and Ubuntu. Needs Python alone, as dev.py does; `deb` also needs `dpkg-deb`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import dev  # noqa: E402 (it stands beside this folder)

HERE = ROOT / "packaging"
WORK = ROOT / "build" / "package"
DIST = ROOT / "dist"
APP = DIST / "briefing-desk"
ICON = ROOT / "resources" / "icons" / "briefing-desk.svg"
ICON_SIZES = (16, 32, 48, 128, 256)
SUFFIX = ".exe" if sys.platform == "win32" else ""

# Libraries that a newer Debian or Ubuntu knows under another name.
RENAMED = {
    "libglib2.0-0": "libglib2.0-0t64 | libglib2.0-0",
    "libcups2": "libcups2t64 | libcups2",
}

OTHERS = """
Qt and PySide6 (The Qt Company Ltd. and others) are under the GNU Lesser General Public License 3,
/usr/share/common-licenses/LGPL-3; their libraries are files of their own and can be replaced. The
papers of everything else that is included lie in /opt/briefing-desk/licences.
"""

DRAW_ICON = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
application = QGuiApplication([])
source, target, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
image = QImage(size, size, QImage.Format.Format_ARGB32)
image.fill(Qt.GlobalColor.transparent)
painter = QPainter(image)
QSvgRenderer(source).render(painter)
painter.end()
sys.exit(not image.save(target))
"""

# The papers of everything that travels along. What only builds stays behind, and so do its papers;
# PyInstaller is named, for its starter is part of each program.
COLLECT_LICENCES = """
import shutil, sys
from importlib.metadata import distributions
from pathlib import Path
BUILDERS = {"altgraph", "editables", "hatchling", "pathspec", "pip", "pluggy",
            "pyinstaller-hooks-contrib", "setuptools", "tomlkit", "trove-classifiers", "uv"}
target = Path(sys.argv[1])
index = []
for found in sorted(distributions(), key=lambda found: found.name.lower()):
    if found.name.lower() in BUILDERS:
        continue
    terms = found.metadata.get("License-Expression") or found.metadata.get("License") or "see below"
    index.append(f"{found.name} {found.version}: {terms.splitlines()[0]}")
    for file in found.files or ():
        if any(word in file.name.upper() for word in ("LICENSE", "LICENCE", "COPYING", "NOTICE")):
            folder = target / found.name
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file.locate(), folder / file.name)
python = Path(sys.base_prefix, "lib", f"python3.{sys.version_info[1]}", "LICENSE.txt")
if python.exists():
    (target / "Python").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(python, target / "Python" / "LICENSE.txt")
(target / "INDEX.txt").write_text("\\n".join(index) + "\\n", encoding="utf-8")
"""


def main() -> int:
    """Build each thing that was asked for, in order."""
    parser = argparse.ArgumentParser(prog="build.py", description="Build what users install.")
    parser.add_argument("what", nargs="+", choices=("app", "deb"))
    wanted = parser.parse_args().what
    try:
        if "app" in wanted:
            build_app()
        if "deb" in wanted:
            build_deb()
    except (dev.Stop, subprocess.CalledProcessError) as failure:
        print(f"build.py: {failure}", file=sys.stderr)
        return 1
    return 0


def build_app() -> None:
    """Freeze the wheel, never the checkout, and let the result test itself."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(APP, ignore_errors=True)
    python = _clean_environment()
    spec = HERE / "briefing.spec"
    freeze = [python, "-m", "PyInstaller", spec, "--noconfirm", "--log-level", "WARN"]
    _run([*freeze, "--distpath", DIST, "--workpath", WORK / "freeze"], cwd=WORK)
    _run([python, "-c", COLLECT_LICENCES, APP / "licences"], cwd=WORK)
    if sys.platform.startswith("linux"):
        (APP / "briefing-desk").symlink_to("briefing-app")
    self_test(APP / f"briefing-app{SUFFIX}")
    print(json.dumps({"built": "app", "mb": round(_size(APP) / 1e6, 1)}))


def self_test(program: Path) -> None:
    """Run the frozen program's own test in an empty home, knowing nothing of this computer."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "HOME": home,
            "USERPROFILE": home,
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            **{name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ},
        }
        _run([program, "--version"], cwd=Path(home), environment=environment)
        _run([program, "--self-test"], cwd=Path(home), environment=environment)


def build_deb() -> None:
    """Wrap the frozen folder as a Debian package."""
    if not (APP / "briefing-app").exists():
        raise dev.Stop("there is no frozen program yet: python packaging/build.py app deb")
    version = _version()
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    tree = WORK / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _lay_out(tree)
    _write_control(tree, version, architecture)
    _set_modes(tree)
    target = DIST / f"briefing-desk_{version}_{architecture}.deb"
    _run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target], cwd=WORK)
    print(json.dumps({"built": "deb", "file": target.name, "mb": round(_size(target) / 1e6, 1)}))


def _clean_environment() -> Path:
    """Return the Python of an environment with the wheel, what it needs, and PyInstaller."""
    folder = WORK / "venv"
    WORK.mkdir(parents=True)
    dev.make_venv(folder)
    python = dev.python_of(folder)
    for lock in ("build", "package"):
        dev.install(python, ["--require-hashes", "-r", str(dev.LOCKS / f"{lock}.txt")])
    _run([python, "-m", "hatchling", "build", "-t", "wheel", "-d", WORK / "wheel"], cwd=ROOT)
    (wheel,) = (WORK / "wheel").glob("*.whl")
    dev.install(python, ["--no-deps", str(wheel)])
    return python


def _lay_out(tree: Path) -> None:
    """Put every file where the installed system will have it."""
    program = tree / "opt" / "briefing-desk"
    shutil.copytree(APP, program, symlinks=True)
    commands = tree / "usr" / "bin"
    commands.mkdir(parents=True)
    for name in ("briefing-app", "briefing-desk"):
        (commands / name).symlink_to(f"/opt/briefing-desk/{name}")
    share = tree / "usr" / "share"
    _copy(HERE / "linux" / "briefing-desk.desktop", share / "applications")
    _copy(ICON, share / "icons" / "hicolor" / "scalable" / "apps")
    for size in ICON_SIZES:
        picture = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "briefing-desk.png"
        picture.parent.mkdir(parents=True)
        _draw_icon(picture, size)
    manual = (HERE / "linux" / "briefing-app.1").read_bytes()
    for name in ("briefing-app", "briefing-desk"):
        _compress(manual, share / "man" / "man1" / f"{name}.1.gz")
    papers = share / "doc" / "briefing-desk"
    _compress((ROOT / "CHANGELOG.md").read_bytes(), papers / "changelog.gz")
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    (papers / "copyright").write_text(own + OTHERS, encoding="utf-8")


def _write_control(tree: Path, version: str, architecture: str) -> None:
    """Tell dpkg what this is and what it needs."""
    libraries = [RENAMED.get(name, name) for name in dev.WINDOW_LIBRARIES.values()]
    libc = os.confstr("CS_GNU_LIBC_VERSION") or ""  # built here, so no older one will do
    needs = [
        f"libc6 (>= {libc.removeprefix('glibc ')})",
        "libgcc-s1",
        "libstdc++6",
        "zlib1g",
        *libraries,
    ]
    fields = {
        "Package": "briefing-desk",
        "Version": version,
        "Architecture": architecture,
        "Maintainer": "The Briefing Desk authors <maintainers@briefing-desk.invalid>",
        "Installed-Size": str(_size(tree) // 1024),
        "Depends": ", ".join(needs),
        "Section": "text",
        "Priority": "optional",
        "Description": "turn articles into a briefing\n"
        " Import articles, read them and highlight. One key turns a highlight into a key\n"
        " point, a key takeaway or an impact item, tied to its passage. Arrange the\n"
        " stories into a brief and print it, or hand it on as a PDF. Works offline.",
    }
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    control.write_text(lines, encoding="utf-8")


def _set_modes(tree: Path) -> None:
    """Make the tree independent of the umask it was built under."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)


def _draw_icon(target: Path, size: int) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    python = dev.python_of(WORK / "venv")
    _run([python, "-c", DRAW_ICON, ICON, target, size], cwd=WORK, environment=environment)


def _copy(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / source.name)


def _compress(data: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data, mtime=0))


def _version() -> str:
    python = dev.python_of(WORK / "venv")
    code = "from importlib.metadata import version; print(version('briefing-app'))"
    command = [str(python), "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _size(path: Path) -> int:
    """Return what a file or a folder holds. Units: bytes."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(file.lstat().st_size for file in files)


def _run(command: list[object], cwd: Path, environment: dict[str, str] | None = None) -> None:
    words = [str(word) for word in command]
    subprocess.run(words, cwd=cwd, env=environment, check=True)


if __name__ == "__main__":
    sys.exit(main())
