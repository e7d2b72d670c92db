"""What must be on disk after a kill: the reported change sets, replayed field by field."""

from __future__ import annotations

import copy

from briefing_app.domain.change import Op
from tests.faults.typist import Meant, Saved


class Reports:
    """What one process said before it was killed: what it meant to store, and what it was told."""

    def __init__(self, messages):
        self.sets = []
        self.seq = 0
        acknowledged, imports = 0, set()
        for message in messages:
            match message:
                case Meant():
                    self.sets.append(message)
                case Saved(seq, ""):
                    acknowledged, self.seq = len(self.sets), max(self.seq, seq)
                case Saved(seq, version):
                    imports.add(version)
                    self.seq = max(self.seq, seq)
        self.acknowledged = self.sets[:acknowledged]
        self.open = self.sets[acknowledged:]
        self.imports = imports


class Expected:
    """All records that one process made, the trash included: key -> [fields, is trashed]."""

    def __init__(self):
        self.records = {}
        self.originals = set()

    def follow(self, reports, stored):
        """Replay reports up to the state that is on disk, which must hold all that was acknowledged.

        Edits are stored in order, so some of the open ones may be there; an import comes from another
        thread, and is there as a whole or not at all.
        """
        assert reports.imports <= stored.versions, "an import that was acknowledged is lost"
        assert reports.seq <= stored.seq, "changes that were acknowledged are lost"
        for meant in reports.acknowledged:
            self._play(self.records, meant, stored)
        touched = {change.key for meant in reports.open for change in meant.change_set.changes}
        for key in self.records.keys() - touched:
            assert stored.records.get(key) == self.records[key], f"{key} is not as acknowledged"
        edits = sum(not meant.version for meant in reports.open)
        for count in range(edits + 1):
            tried = {k: copy.deepcopy(self.records[k]) for k in touched & self.records.keys()}
            left = count
            for meant in reports.open:
                left -= not meant.version
                if meant.version or left >= 0:
                    self._play(tried, meant, stored)
            if all(stored.records.get(key) == tried.get(key) for key in touched):
                self.records |= tried
                return
        raise AssertionError("the library is in no state that its edits lead to")

    def _play(self, records, meant, stored):
        if meant.version:
            if meant.version not in stored.versions:
                return
            self.originals |= set(meant.originals)
        for change in meant.change_set.changes:
            match change.op:
                case Op.CREATE:
                    records[change.key] = [dict(change.new), False]
                case Op.SET:
                    records[change.key][0][change.field] = change.new
                case Op.TRASH:
                    records[change.key][1] = True
                case Op.RESTORE:
                    records[change.key][1] = False
