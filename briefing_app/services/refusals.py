"""Why an edit or an undo is not made."""

from __future__ import annotations

from briefing_app.errors import QT_TRANSLATE_NOOP, Refused


def erased() -> Refused:
    """Return why a step stays: its values are gone for good."""
    return Refused(
        QT_TRANSLATE_NOOP(
            "errors", "That cannot be taken back: something of it was erased for good."
        )
    )


def changed_elsewhere(subject: str) -> Refused:
    """Return why a step stays: it would overwrite something newer; `subject` names it."""
    if not subject:
        return Refused(
            QT_TRANSLATE_NOOP("errors", "This was changed elsewhere since, so it was left alone.")
        )
    return Refused(
        QT_TRANSLATE_NOOP(
            "errors", "“{subject}” was changed elsewhere since, so it was left as it is now."
        ),
        subject=subject,
    )
