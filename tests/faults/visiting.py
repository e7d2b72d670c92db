"""Everything that a person can open, read and search in a library, one after the other."""

from __future__ import annotations

from contextlib import suppress

from briefing_app.errors import Refused
from briefing_app.services.articles import ArticleQuery


def visit(services, texts, *words):
    """Look at everything once, and take the newest edits back.

    `texts` are those of all versions. Raises: AssertionError if another text is shown.
    """
    rows = services.articles.page(ArticleQuery("all"))
    services.articles.counts()
    for row in rows:
        article = services.articles.article(row.id)
        version = services.articles.version(row.id)
        assert version.body.text == texts[article.version], "another text is shown"
        services.reading.annotations(row.id)
        services.reading.stories_on(row.id)
        services.articles.original(version.original)
    for row in services.desk.briefs():
        for story in services.desk.brief(row.id).stories:
            services.reading.passages(services.desk.story(story))
    for word in words:
        services.searching.find(word)
        services.articles.page(ArticleQuery("all", word))
    for _ in range(3):
        with suppress(Refused):
            services.history.undo()
    services.history.flush()
