"""The structure of a tagged PDF: nodes in reading order, whatever the order of painting."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of marked content: its page, from 0, and its number on that page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Area:
    """A link annotation, by its number in the document, from 0."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Node:
    """A structure element; `kids` grows while the pages are painted."""

    tag: str
    parent: Node | None = None
    kids: list[Node | Marked | Area] = field(default_factory=list)
    language: str = ""
    numbering: str = ""
    waiting: bool = False

    def sub(self, tag: str, *, language: str = "", numbering: str = "") -> Node:
        """Add a node as the last child."""
        child = Node(tag, self, language=language, numbering=numbering)
        self.kids.append(child)
        return child

    def later(self, tag: str) -> Node:
        """Return a child that takes its place among the others when it is first painted."""
        return Node(tag, self, waiting=True)

    def mark(self, kid: Marked | Area) -> None:
        """Add painted content."""
        if self.waiting and self.parent:
            self.parent.kids.append(self)
            self.waiting = False
        self.kids.append(kid)

    def prune(self) -> bool:
        """Drop what was never painted; tell whether anything is left."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Node) or kid.prune()]
        return bool(self.kids)
