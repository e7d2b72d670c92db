"""The commands `backup`, `restore`, `check` and `repair`: what keeps a library safe."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder
from briefing_app.cli.longwork import watched
from briefing_app.errors import QT_TRANSLATE_NOOP, WrongUsage

if TYPE_CHECKING:
    import argparse
    import datetime as dt

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.domain.backup import Backup, Repaired, Restored
    from briefing_app.domain.soundness import Finding
    from briefing_app.services.upkeep import Upkeep


def add(commands: Commands) -> None:
    """Declare the commands."""
    backup = add_command(
        commands,
        "backup",
        back_up,
        "Back up the library.",
        "The backup is read from end to end before it counts. The program makes one a day on its own; "
        "12 recent ones are kept, and the last of 7 days, 4 weeks and 6 months.",
    )
    backup.add_argument(
        "--to",
        metavar="DIR",
        type=Path,
        help="bring it, with all original files, to this folder on another disk, too",
    )
    backup.add_argument(
        "--list", action="store_true", help="make none; list those of the library, or of --to DIR"
    )
    add_library(backup)
    restore = add_command(
        commands,
        "restore",
        put_back,
        "Put a backup in the place of the library.",
        "The library as it is now is kept aside, in its folder, and can be restored in turn.",
    )
    restore.add_argument(
        "backup",
        metavar="BACKUP",
        help="a name from backup --list, any file that is a backup, or: newest",
    )
    restore.add_argument(
        "--from",
        dest="place",
        metavar="DIR",
        type=Path,
        help="look for it in this folder, where backup --to brought it",
    )
    restore.add_argument(
        "--preview", action="store_true", help="only say of when it is and what it holds"
    )
    add_library(restore)
    add_library(
        add_command(
            commands,
            "check",
            check,
            "Look the library through: the file, every text and original, the index, the journal.",
            "Nothing is changed, and others may go on working. Exit code 1 if anything is wrong.",
        )
    )
    repair = add_command(
        commands,
        "repair",
        mend,
        "Repair the library.",
        "The search index is made anew. Texts and originals that are damaged come back from a backup "
        "that still has them. A damaged file is made anew from its rows, or from the newest good "
        "backup; then what is lost is told. The damaged file is kept aside.",
    )
    repair.add_argument(
        "--from",
        dest="place",
        metavar="DIR",
        type=Path,
        help="look for backups and originals in this folder, too, where backup --to brought them",
    )
    add_library(repair)


def back_up(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Make a backup, or list those that there are."""
    upkeep = program.upkeep(library_folder(args))
    place: Path | None = args.to
    if args.list:
        for one in upkeep.found_in(place) if place else upkeep.backups():
            out.record(_record(one), _line(one))
        return
    if place is None:
        made = watched(upkeep.back_up)
        out.record(_record(made), f"Backed up: {made.path}")
        return
    copied = watched(partial(upkeep.copy_out, place))
    if copied.same_disk:
        out.warn(f"{place} is on the same disk as the library: it is lost with it.")
    if copied.lost:
        out.warn(
            f"original files that are lost or damaged: {len(copied.lost)}; see briefing-app check"
        )
    record = {**_record(copied.backup), "originals": copied.originals, "lost": list(copied.lost)}
    files = f"{copied.originals} original files" if copied.originals != 1 else "1 original file"
    out.record(record, f"Backed up: {copied.backup.path}, and {files}")


def put_back(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Say what a backup holds, and put it in the place of the library."""
    upkeep = program.upkeep(library_folder(args))
    file = _chosen(args, upkeep)
    shown = watched(partial(upkeep.preview, file))
    if args.preview:
        out.record({**_record(shown), "restored": False}, _line(shown))
        return
    out.say(_line(shown))
    if upkeep.is_of_another(shown):
        out.warn("this is a backup of another library")
    done: Restored = watched(partial(upkeep.restore, file))
    aside = str(done.aside) if done.aside else None
    if done.missing:
        out.warn(f"original files that are nowhere: {len(done.missing)}; see briefing-app check")
    out.record(
        {
            **_record(shown),
            "restored": True,
            "kept_aside": aside,
            "missing_originals": list(done.missing),
        },
        f"Restored. The library as it was is kept in {aside}" if aside else "Restored.",
    )


def check(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Name everything that is wrong, then say how much was looked at."""
    report = watched(program.upkeep(library_folder(args)).check)
    for finding in report.findings:
        out.record(_finding(finding), str(finding.remark))
    record = {
        "sound": report.sound,
        "texts": report.texts,
        "originals": report.originals,
        "changes": report.changes,
    }
    looked = f"{report.texts} texts, {report.originals} originals, {report.changes} changes"
    out.record(
        record, f"The library is sound: {looked}." if report.sound else f"Checked: {looked}."
    )
    if not report.sound:
        out.fail("The library is not sound. Mend it with: briefing-app repair")


def mend(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Repair the library; say what came back and what is lost."""
    upkeep = program.upkeep(library_folder(args))
    done = watched(lambda progress: upkeep.repair(progress, second_place=args.place))
    for line in _told(done):
        out.say(line)
    out.record(_repaired(done))
    for finding in done.left:
        out.fail(f"{finding.remark} No backup has it; import the file again.")


def _chosen(args: argparse.Namespace, upkeep: Upkeep) -> Path:
    name: str = args.backup
    if Path(name).is_file():
        if args.place:
            raise WrongUsage(
                QT_TRANSLATE_NOOP("errors", "“{name}” is a file; --from needs a name."), name=name
            )
        return Path(name)
    return upkeep.named(name, args.place)


def _record(backup: Backup) -> dict[str, Any]:
    return {
        "path": str(backup.path),
        "made_at": _instant(backup.made_at),
        "reason": backup.reason.value,
        "size": backup.size,
        "articles": backup.articles,
        "highlights": backup.highlights,
        "stories": backup.stories,
        "briefs": backup.briefs,
        "last_edit": _instant(backup.last_edit),
        "readable": backup.readable,
    }


def _line(backup: Backup) -> str:
    if not backup.readable:
        return f"{backup.path.name}  cannot be read"
    holds = ", ".join(
        f"{count} {word if count == 1 else words}"
        for count, word, words in (
            (backup.articles, "article", "articles"),
            (backup.highlights, "highlight", "highlights"),
            (backup.stories, "story", "stories"),
            (backup.briefs, "brief", "briefs"),
        )
    )
    return f"{backup.path.name}  {_minute(backup.made_at)}  {backup.size / 1e6:.1f} MB  {holds}"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "fault": finding.fault.value,
        "message": str(finding.remark),
        "name": finding.name,
        "articles": list(finding.articles),
    }


def _repaired(done: Repaired) -> dict[str, Any]:
    edits = done.lost.edits if done.lost else ()
    return {
        "indexed": done.indexed,
        "mended": [_finding(finding) for finding in done.mended],
        "left": [_finding(finding) for finding in done.left],
        "kept_aside": str(done.aside) if done.aside else None,
        "recovered_from": str(done.backup.path) if done.backup else None,
        "lost_since": _instant(done.lost.since) if done.lost else None,
        "lost_edits": None
        if edits is None
        else [
            {"made_at": _instant(at), "action": action, "subject": subject}
            for at, action, subject in edits
        ],
    }


def _told(done: Repaired) -> list[str]:
    lines = []
    if done.backup is not None and done.lost is not None:
        since = f"since {_minute(done.lost.since)}" if done.lost.since else "ever made"
        lines.append(f"The file was damaged; the backup {done.backup.path.name} is in its place.")
        if done.lost.edits is None:
            lines.append(f"All edits {since} are lost; the damaged file does not tell which.")
        elif done.lost.edits:
            lines.append(f"Lost: {len(done.lost.edits)} edits {since}:")
            lines += [
                f"  {_minute(at)}  {action.replace('-', ' ')}{f' (“{subject}”)' if subject else ''}"
                for at, action, subject in done.lost.edits
            ]
        else:
            lines.append("No edit is lost.")
    elif done.aside is not None:
        lines.append("The file was damaged; it was made anew from its rows, and nothing is lost.")
    if done.aside is not None:
        lines.append(f"The damaged file is kept in {done.aside}")
    lines += [f"Brought back from a backup. {finding.remark}" for finding in done.mended]
    lines.append(f"The index was made anew: {done.indexed} entries.")
    return lines


def _instant(moment: dt.datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
