import faulthandler
import logging

import pytest

from briefing_app.gui import log


@pytest.fixture
def keep():
    kept = []

    def keep_in(file):
        kept.append(log.keep(file))
        return kept[-1]

    yield keep_in
    for handler in kept:
        if handler is not None:
            logging.getLogger().removeHandler(handler)
            faulthandler.disable()
            handler.close()
    faulthandler.enable()


def test_a_fault_is_written_with_its_traceback(keep, tmp_path):
    keep(tmp_path / "logs" / "window.log")
    fault = ValueError("spilt")
    logging.getLogger("x").critical("a fault", exc_info=fault)
    written = (tmp_path / "logs" / "window.log").read_text(encoding="utf-8")
    assert "CRITICAL x: a fault" in written
    assert "ValueError: spilt" in written


def test_what_is_no_trouble_is_not_written(keep, tmp_path):
    keep(tmp_path / "window.log")
    logging.getLogger("x").info("an article was opened")
    assert (tmp_path / "window.log").read_text(encoding="utf-8") == ""


def test_a_log_that_has_grown_is_put_aside(keep, tmp_path):
    file = tmp_path / "window.log"
    file.write_text("old\n" * log.LARGEST, encoding="utf-8")
    keep(file)
    assert file.read_text(encoding="utf-8") == ""
    assert (tmp_path / "window.before.log").read_text(encoding="utf-8").startswith("old")


def test_a_folder_that_cannot_be_made_costs_the_log_and_nothing_else(keep, tmp_path):
    (tmp_path / "logs").write_text("a file", encoding="utf-8")
    assert keep(tmp_path / "logs" / "window.log") is None
