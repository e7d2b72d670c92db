"""The records of a bundle as JSON, both ways: CSL-JSON, W3C Web Annotations, and plain objects.

What is read is hostile: each function that reads raises ValueError with the name of what is wrong.

Source: CSL-JSON 1.0.2 schema (citationstyles.org); W3C Web Annotation Data Model, 2017.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from briefing_app.domain.annotation import Role
from briefing_app.domain.bundle import Listed, Root, is_digest
from briefing_app.domain.entry import Entry, Gone, Past
from briefing_app.domain.past import MARK, REMEMBERED, groups
from briefing_app.domain.record import Entity
from briefing_app.domain.shape import a_list, an_object, check, is_instant, is_text, is_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Form = dict[str, Any]

OURS = "briefing-desk"  # the member of an object that holds what is not of the standard
ANNO = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:uuid:"
_CSL = (
    ("container-title", "source"),
    ("URL", "url"),
    ("language", "language"),
    ("page", "page"),
)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TIMES = ("created", "updated", "trashed", "past")


def instant(milliseconds: int) -> str:
    """Return an instant as ISO 8601. Units: milliseconds since 1970 UTC."""
    moment = _EPOCH + dt.timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(form: object) -> int:
    """Return an instant in milliseconds since 1970 UTC. Raises: ValueError."""
    if not is_instant(form) or not isinstance(form, str):
        raise ValueError("instant")
    moment = dt.datetime.fromisoformat(form)
    if moment.tzinfo is None:
        raise ValueError("instant")
    return (moment - _EPOCH) // dt.timedelta(milliseconds=1)


def plain_form(entry: Entry, *without: str) -> Form:
    """Return a record with all its fields and times as one object."""
    fields = {name: value for name, value in entry.fields.items() if name not in without}
    return {"id": entry.id, **fields, **_times(entry)}


def plain_entry(
    entity: Entity, form: object, held_back: Iterable[str] = (), **more: object
) -> Entry:
    """Return the record of an object; `more` are fields that stand elsewhere."""
    if not isinstance(form, dict) or not is_uuid(form.get("id")):
        raise ValueError("id")
    fields = {n: value for n, value in form.items() if n not in ("id", *_TIMES)} | more
    return _entry((entity, form["id"]), fields, form, held_back)


def article_form(entry: Entry) -> Form:
    """Return an article as an item of CSL-JSON; all that it is stands in `custom`."""
    fields = entry.fields
    item: Form = {
        "id": entry.id,
        "type": "article-newspaper" if fields["source"] else "article",
        "title": fields["title"],
    }
    if fields["authors"]:
        item["author"] = [{"literal": name} for name in fields["authors"]]
    for name, of in (
        ("container-title", "source"),
        ("URL", "url"),
        ("language", "language"),
        ("page", "page"),
    ):
        if fields[of]:
            item[name] = fields[of]
    if fields["published"]:
        item["issued"] = _date(fields["published"]["date"])
    if fields["retrieved"]:
        item["accessed"] = _date(fields["retrieved"][:10])
    if fields.get("tags"):
        item["keyword"] = ", ".join(fields["tags"])
    item["custom"] = {OURS: {**fields, **_times(entry)}}
    return item


def article_entry(form: object, held_back: Iterable[str] = ()) -> Entry:
    """Return the article of an item of CSL-JSON that this program wrote."""
    item = an_object(form, "article")
    ours = an_object(an_object(item.get("custom"), "custom").get(OURS), OURS)
    return plain_entry(Entity.ARTICLE, {"id": item.get("id"), **ours}, held_back)


def annotation_form(entry: Entry) -> Form:
    """Return a marked passage as a Web Annotation; its target is the text of a version."""
    fields = entry.fields
    comment, tags = fields.get("comment", ""), fields.get("tags", [])
    bodies = [_body("classifying", fields["role"]), *(_body("tagging", tag) for tag in tags)]
    if comment:
        bodies.insert(0, {**_body("commenting", comment), "format": "text/plain"})
    return {
        "id": _URN + entry.id,
        "type": "Annotation",
        "motivation": "commenting" if comment else "highlighting",
        "created": instant(entry.created),
        "modified": instant(entry.updated),
        "body": bodies,
        "target": {
            "source": _URN + fields["version"],
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": fields["exact"],
                    "prefix": fields["prefix"],
                    "suffix": fields["suffix"],
                },
                {"type": "TextPositionSelector", "start": fields["start"], "end": fields["end"]},
            ],
        },
        OURS: {
            "article": fields["article"],
            "state": fields["state"],
            **{name: value for name, value in _times(entry).items() if name not in _TIMES[:2]},
        },
    }


def annotation_entry(form: object, held_back: Iterable[str] = ()) -> Entry:
    """Return the marked passage of a Web Annotation that this program wrote."""
    try:
        fields, times = _read_annotation(form)
        uid = _uuid(form["id"]) if isinstance(form, dict) else ""
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError("annotation") from error
    for name in _held_back(Entity.ANNOTATION, held_back):
        fields.pop(name, None)
    return _entry((Entity.ANNOTATION, uid), fields, times, held_back)


def annotation_page(name: str, items: list[Form]) -> Form:
    """Return annotations as a page of JSON-LD; our own words have a name space of their own."""
    return {
        "@context": [ANNO, {OURS: {"@id": "urn:x-briefing-desk:record", "@type": "@json"}}],
        "id": f"urn:x-briefing-desk:{name}",
        "type": "AnnotationPage",
        "items": items,
    }


def root_form(root: Root) -> Form:
    """Return a story with its statements, or a brief with its sections and links."""
    inside: dict[str, list[Form]] = {name: [] for _, name, _ in _INSIDE[root.entry.key[0]]}
    for entity, name, parent in _INSIDE[root.entry.key[0]]:
        inside[name] += [plain_form(e, parent) for e in root.inside if e.key[0] is entity]
    gone = [
        {"id": one.key[1], "kind": one.key[0].value, "past": _past_form(one.past)}
        for one in root.gone
    ]
    return {**plain_form(root.entry), **inside, "removed": gone}


def root_from(entity: Entity, form: object) -> Root:
    """Return the story or the brief of an object."""
    given = an_object(form, entity.value)
    names = {name: (kind, parent) for kind, name, parent in _INSIDE[entity]}
    head = {name: value for name, value in given.items() if name not in (*names, "removed")}
    entry = plain_entry(entity, head)
    inside = tuple(
        plain_entry(kind, one, **({parent: entry.id} if parent else {}))
        for name, (kind, parent) in names.items()
        for one in a_list(given.get(name), name)
    )
    kinds = {kind.value: kind for kind, _ in names.values()}
    removed = a_list(given.get("removed"), "removed")
    return Root(entry, inside, tuple(_gone(kinds, one) for one in removed))


def original_form(original: Listed) -> Form:
    """Return an original as an object."""
    return {
        "sha256": original.digest,
        "media-type": original.media_type,
        "size": original.size,
    }


def original_from(form: object) -> Listed:
    """Return the original of an object."""
    if not isinstance(form, dict) or not is_digest(form.get("sha256")):
        raise ValueError("sha256")
    media_type, size = form.get("media-type"), form.get("size")
    if not isinstance(media_type, str) or not is_text(media_type) or len(media_type) > 127:
        raise ValueError("media-type")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError("size")
    return Listed(form["sha256"], media_type, size)


# the fields of each kind that a bundle for others may lack
HELD_BACK = {
    Entity.ARTICLE: ("tags", "state", "collections"),
    Entity.ANNOTATION: ("comment", "tags"),
}

_INSIDE = {
    Entity.STORY: ((Entity.STATEMENT, "statements", "story"),),
    Entity.BRIEF: ((Entity.SECTION, "sections", "brief"), (Entity.LINK, "links", "")),
}


def _entry(
    key: tuple[Entity, str], fields: Form, times: Mapping[str, Any], held_back: Iterable[str]
) -> Entry:
    check(key[0], fields, _held_back(key[0], held_back))
    trashed = times.get("trashed")
    return Entry(
        key,
        fields,
        milliseconds(times.get("created")),
        milliseconds(times.get("updated")),
        None if trashed is None else milliseconds(trashed),
        _past_from(key[0], fields, times.get("past", {})),
    )


def _held_back(entity: Entity, names: Iterable[str]) -> list[str]:
    return [name for name in names if name in HELD_BACK.get(entity, ())]


def _times(entry: Entry) -> Form:
    times: Form = {"created": instant(entry.created), "updated": instant(entry.updated)}
    if entry.trashed is not None:
        times["trashed"] = instant(entry.trashed)
    if past := _past_form(entry.past):
        times["past"] = past
    return times


def _past_form(past: Past) -> Form:
    return {group: list(values) for group, values in past.items() if values}


def _past_from(entity: Entity, fields: Form, form: object) -> Past:
    found = an_object(form, "past")
    known = groups(entity, fields)
    for group, values in found.items():
        if group not in known or not isinstance(values, list) or len(values) > 2 * REMEMBERED:
            raise ValueError("past")
        if not all(is_text(one) and len(one) == MARK for one in values):
            raise ValueError("past")
    return {group: tuple(values) for group, values in found.items()}


def _gone(kinds: Mapping[str, Entity], form: object) -> Gone:
    if not isinstance(form, dict) or not is_uuid(form.get("id")) or form.get("kind") not in kinds:
        raise ValueError("removed")
    past = form.get("past")
    if not isinstance(past, dict) or not all(
        isinstance(v, list) and all(map(is_text, v)) for v in past.values()
    ):
        raise ValueError("removed")
    return Gone((kinds[form["kind"]], form["id"]), {k: tuple(v) for k, v in past.items()})


def _date(text: str) -> Form:
    return {"date-parts": [[int(part) for part in text.split("-")]]}


def _body(purpose: str, value: str) -> Form:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _uuid(urn: str) -> str:
    if not urn.startswith(_URN) or not is_uuid(urn[len(_URN) :]):
        raise ValueError(urn)
    return urn[len(_URN) :]


def _read_annotation(form: Any) -> tuple[Form, Form]:  # noqa: ANN401 (whatever was in the file)
    quote, position = form["target"]["selector"]
    if (quote["type"], position["type"]) != ("TextQuoteSelector", "TextPositionSelector"):
        raise ValueError("selector")
    said: dict[str, list[str]] = {"commenting": [""], "tagging": [], "classifying": []}
    for body in form["body"]:
        said[body["purpose"]].append(body["value"])
    ours = form[OURS]
    fields = {
        "article": ours["article"],
        "version": _uuid(form["target"]["source"]),
        "start": position["start"],
        "end": position["end"],
        **{name: quote[name] for name in ("exact", "prefix", "suffix")},
        "role": Role(said["classifying"][0]).value,
        "comment": said["commenting"][-1],
        "tags": said["tagging"],
        "state": ours["state"],
    }
    times = {"created": form["created"], "updated": form["modified"], **ours}
    return fields, times
