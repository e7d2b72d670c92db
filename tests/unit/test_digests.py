import hashlib
import subprocess
import sys

import pytest

from briefing_app.digests import sha256, sha256_of_much


@pytest.mark.parametrize("data", [b"", b"Harvest", bytes(range(256)) * 5000])
def test_both_say_what_hashlib_says(data):
    assert sha256(data).hexdigest() == hashlib.sha256(data).hexdigest()
    much = sha256_of_much()
    much.update(data)
    assert much.digest() == hashlib.sha256(data).digest()


def test_a_text_is_digested_without_openssl():
    script = (
        "import sys; from briefing_app.digests import sha256\n"
        "sha256(b'text').hexdigest()\nprint('_hashlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
