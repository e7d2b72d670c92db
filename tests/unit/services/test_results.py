"""The results of the last imports, kept and read again."""

from __future__ import annotations

import datetime as dt

from briefing_app.errors import Remark
from briefing_app.importers.base import Link
from briefing_app.services import results as module
from briefing_app.services.batch import Outcome
from briefing_app.services.results import (
    KEPT,
    KeptResults,
    Results,
    by_file,
    inner,
    kept_results,
)

AT = dt.datetime(2026, 11, 30, 7, 41, 0, 123456, tzinfo=dt.UTC)
REMARK = Remark("Left out: {files}.", (("files", "b.mp3"),))
OUTCOMES = (
    Outcome("/in/a.txt", "new", article="a1", title="First"),
    Outcome("/in/box.mbox", "duplicate", article="a2", title="Письмо", remarks=(REMARK,)),
    Outcome("/in/c.html", "failed", reasons=(Remark("The file is empty."),)),
    Outcome("/in/d.txt", "version", brief="b1", title="Fourth"),
    Outcome("/in/e.opml", "listed", links=(Link("https://a.example/feed", "A", is_feed=True),)),
)


def test_results_are_read_as_they_were_kept(tmp_path):
    kept = KeptResults(tmp_path / "imports")
    made = Results(AT, OUTCOMES, (("new", 7),))
    kept.save(made)
    assert kept.moments() == (AT,)
    assert KeptResults(tmp_path / "imports").load(AT) == made


def test_only_the_last_imports_are_kept_newest_first(tmp_path):
    kept = KeptResults(tmp_path)
    moments = [AT + dt.timedelta(hours=hour) for hour in range(KEPT + 3)]
    for at in moments:
        kept.save(Results(at, OUTCOMES))
    assert kept.moments() == tuple(reversed(moments[3:]))


def test_of_a_huge_import_what_went_wrong_is_kept_and_the_rest_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    plain = tuple(Outcome(f"/in/{at}.txt", "new", article=f"n{at}") for at in range(5))
    kept = KeptResults(tmp_path)
    kept.save(Results(AT, (*plain, *OUTCOMES)))
    found = kept.load(AT)
    assert found is not None
    assert [one.name for one in found.outcomes] == ["/in/box.mbox", "/in/c.html", "/in/e.opml"]
    assert dict(found.more) == {"new": 6, "version": 1}
    assert found.counts() == Results(AT, (*plain, *OUTCOMES)).counts()


def test_what_cannot_be_read_is_no_result(tmp_path):
    kept = KeptResults(tmp_path)
    kept.save(Results(AT, OUTCOMES))
    [path] = tmp_path.glob("*.json")
    for damaged in ("", "[]", '{"outcomes": [{}], "more": {}}', '{"outcomes": 3, "more": 4}'):
        path.write_text(damaged, encoding="utf-8")
        assert kept.load(AT) is None
    (tmp_path / "strange.json").write_text("{}", encoding="utf-8")
    assert kept.moments() == (AT,)
    assert kept.load(AT + dt.timedelta(hours=1)) is None


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path):
    (tmp_path / "imports").write_text("a file stands in the way", encoding="utf-8")
    kept = KeptResults(tmp_path / "imports")
    kept.save(Results(AT, OUTCOMES))
    assert kept.moments() == ()


def test_what_is_erased_is_forgotten(tmp_path):
    kept = KeptResults(tmp_path)
    kept.save(Results(AT, OUTCOMES))
    later = AT + dt.timedelta(hours=1)
    kept.save(Results(later, OUTCOMES[:2]))
    kept.forget({"a2", "b1"})
    assert kept.load(AT) == Results(AT, (OUTCOMES[0], OUTCOMES[2], OUTCOMES[4]))
    assert kept.load(later) == Results(later, (OUTCOMES[0],))
    assert "Письмо" not in "".join(path.read_text() for path in tmp_path.iterdir())


def test_what_lies_in_a_file_belongs_to_it():
    outcomes = (
        Outcome("/in/a.zip › b.txt", "new"),
        Outcome("/in/c.txt", "new"),
        Outcome("/in/a.zip › d.eml › e.pdf", "failed"),
    )
    files = by_file(outcomes)
    assert [(each.name, len(each.outcomes)) for each in files] == [
        ("/in/a.zip", 2),
        ("/in/c.txt", 1),
    ]
    assert [inner(each.name) for each in outcomes] == ["b.txt", "", "d.eml › e.pdf"]
    assert Results(AT, outcomes).without(["/in/a.zip"]) == Results(AT, outcomes[1:2])


def test_each_library_has_results_of_its_own(tmp_path):
    kept_results(tmp_path, tmp_path / "A").save(Results(AT, OUTCOMES))
    assert kept_results(tmp_path, tmp_path / "A").moments() == (AT,)
    assert kept_results(tmp_path, tmp_path / "B").moments() == ()
