"""The command `library`: where it lies, how much it holds, whether it may be written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from briefing_app.cli.arguments import Commands, add_command, add_library, library_folder

if TYPE_CHECKING:
    import argparse

    from briefing_app.cli.output import Output
    from briefing_app.cli.program import Program
    from briefing_app.services.suite import Services

_JOURNALS = {"wal": "write-ahead log", "delete": "rollback journal, as for a network share"}


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "library",
        tell,
        "Say where the library lies and what it holds.",
        "Nothing is made: where there is no library, that is said.",
    )
    parser.add_argument(
        "--digest",
        action="store_true",
        help="read all of it, and say its digest: two libraries with the same one hold the same",
    )
    add_library(parser)


def tell(args: argparse.Namespace, program: Program, out: Output) -> None:
    """Print what is known of the library."""
    with program.library(library_folder(args).absolute(), make=False) as library:
        record = _record(library)
        if args.digest:
            record["digest"] = library.digest()
        why = library.read_only
    out.record(record, _text(record))
    if why is not None:
        out.say(f"{why.reason} {why.hint}")


def _record(library: Services) -> dict[str, Any]:
    about, facts = library.about, library.about.facts()
    backups = library.upkeep.backups()
    return {
        "folder": str(about.folder),
        "name": about.name,
        "read_only": about.read_only.obstacle.value if about.read_only else None,
        "revision": facts.revision,
        "journal": facts.journal,
        "cloud": about.cloud() or None,
        "articles": facts.articles,
        "highlights": facts.annotations,
        "stories": facts.stories,
        "briefs": facts.briefs,
        "changes": facts.changes,
        "bytes": {
            "database": facts.database,
            "originals": facts.originals,
            "backups": facts.backups,
            "free": about.room(),
        },
        "created": _instant(facts.created),
        "changed": _instant(facts.changed),
        "backed_up": backups[0].made_at.isoformat(timespec="seconds") if backups else None,
    }


def _text(record: dict[str, Any]) -> str:
    sizes = record["bytes"]
    holds = ", ".join(
        _count(record[name], name) for name in ("articles", "highlights", "stories", "briefs")
    )
    on_disk = ", ".join(f"{_size(sizes[n])} {n}" for n in ("database", "originals", "backups"))
    lines = [
        f"{record['name']}  ({record['folder']})",
        f"Holds:        {holds}",
        f"On disk:      {on_disk}; {_size(sizes['free'])} free",
        f"Last change:  {record['changed'] or 'none yet'}",
        f"Last backup:  {record['backed_up'] or 'none yet'}",
        f"Revision:     {record['revision']}, {_JOURNALS.get(record['journal'], record['journal'])}",
    ]
    if record["cloud"]:
        lines.append(f"Kept in step: by {record['cloud']}; better keep the library outside of it")
    if "digest" in record:
        lines.append(f"Digest:       {record['digest']}")
    return "\n".join(lines)


def _instant(milliseconds: int) -> str | None:
    if not milliseconds:
        return None
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).isoformat(timespec="seconds")


def _count(count: int, name: str) -> str:
    one = {"stories": "story"}.get(name, name.removesuffix("s"))
    return f"{count:,} {one if count == 1 else name}"


def _size(count: int) -> str:
    """Return a size as people read it."""
    if count < 1000:
        return f"{count} bytes"
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:,.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"
