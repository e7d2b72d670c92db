"""Clusters: the articles of a library that print one text, told by how alike they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing_app.domain.cluster import Cluster

if TYPE_CHECKING:
    from briefing_app.services.articles import Articles
    from briefing_app.storage.sketches import StoredSketches


class Clusters:
    """Finds what is nearly the same as an article, as it is on disk; any thread may ask."""

    def __init__(self, articles: Articles, stored: StoredSketches) -> None:
        self._articles = articles
        self._stored = stored

    def of(self, article_id: str) -> Cluster:
        """Return the cluster of an article; without others it stands alone. Raises: NotFound."""
        article = self._articles.article(article_id)
        return Cluster(article.source, self._stored.like(article_id))
