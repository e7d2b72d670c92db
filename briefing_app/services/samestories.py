"""Whether stories that come in stand in a brief already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.record import Entity, story_from
from briefing_app.domain.storytext import text_of

if TYPE_CHECKING:
    from briefing_app.domain.storytext import StoryText
    from briefing_app.storage.known import Known
    from briefing_app.storage.records import StoredRecords


def brief_of(
    stories: tuple[StoryText, ...], brief_id: str, known: Known, records: StoredRecords
) -> str:
    """Return the brief that holds all these stories unchanged, or an empty string.

    With `brief_id` no other brief counts.
    """
    shared: set[str] | None = None
    for text in stories:
        homes: set[str] = set()
        for uid in known.stories(text.headline):
            story = story_from(uid, records.group((Entity.STORY, uid)))
            if text_of(story) == text:
                homes.update(records.briefs_with(uid))
        shared = homes if shared is None else shared & homes
        if not shared:
            return ""
    found = shared or set()
    if brief_id:
        return brief_id if brief_id in found else ""
    return max(found, default="")
