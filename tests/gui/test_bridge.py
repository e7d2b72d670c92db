import threading

from PySide6.QtCore import QObject, QThread, Slot

from briefing_app.gui.bridge import Bridge


class Telling:
    """A history as far as the bridge listens to it: it calls back from a thread of its own."""

    def __init__(self):
        self.calls = {}

    def on_changed(self, call):
        return self._hear("changed", call)

    def on_saved(self, call):
        return self._hear("saved", call)

    def on_trouble(self, call):
        return self._hear("trouble", call)

    def tell(self, name, value):
        thread = threading.Thread(target=self.calls[name], args=(value,))
        thread.start()
        thread.join()

    def _hear(self, name, call):
        self.calls[name] = call
        return lambda: self.calls.pop(name)


class Listener(QObject):
    def __init__(self):
        super().__init__()
        self.heard = []

    @Slot(object)
    def hear(self, value):
        self.heard.append((value, QThread.currentThread() is self.thread()))


def test_what_the_writer_tells_arrives_on_the_window_s_thread(qtbot):
    history, owner, listener = Telling(), QObject(), Listener()
    bridge = Bridge(history, owner)
    bridge.saved.connect(listener.hear)
    bridge.trouble.connect(listener.hear)
    for number in range(50):
        history.tell("saved", number)
    history.tell("trouble", "full")
    qtbot.waitUntil(lambda: len(listener.heard) == 51)
    assert listener.heard == [(number, True) for number in range(50)] + [("full", True)]


def test_a_closed_bridge_hears_no_more(qapp):
    history, owner = Telling(), QObject()
    bridge = Bridge(history, owner)
    bridge.close()
    assert history.calls == {}
