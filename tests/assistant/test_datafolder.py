"""One process at a time writes the indexes of a data folder."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.datafolder import AlreadyRunningError, claim, server_address


def test_a_folder_is_claimed_once(tmp_path: Path) -> None:
    taken = claim(tmp_path / "var")
    taken.announce("http://127.0.0.1:8000")
    with pytest.raises(AlreadyRunningError) as caught:
        claim(tmp_path / "var")
    assert caught.value.address == "http://127.0.0.1:8000"
    taken.release()


def test_a_folder_given_back_can_be_claimed_again(tmp_path: Path) -> None:
    claim(tmp_path).release()
    second = claim(tmp_path)
    second.release()
    second.release()
    assert server_address(tmp_path) == ""


def test_the_server_of_a_folder_is_found(tmp_path: Path) -> None:
    assert server_address(tmp_path) == ""
    taken = claim(tmp_path)
    taken.announce("http://127.0.0.1:8000")
    assert server_address(tmp_path) == "http://127.0.0.1:8000"
    taken.release()


def test_a_process_that_was_killed_leaves_no_claim(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from assistant.datafolder import claim;"
        "claim(Path(sys.argv[1])).announce('http://127.0.0.1:1');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "server.json").exists()
    assert server_address(tmp_path) == ""
    claim(tmp_path).release()


def test_the_address_of_a_killed_server_is_not_taken_for_the_next_ones(tmp_path: Path) -> None:
    (tmp_path / "server.json").write_text('{"address": "http://127.0.0.1:1"}', encoding="utf-8")
    taken = claim(tmp_path)
    assert server_address(tmp_path) == ""
    taken.announce("http://127.0.0.1:8000")
    assert server_address(tmp_path) == "http://127.0.0.1:8000"
    taken.release()


def test_a_server_that_is_about_to_listen_is_waited_for(tmp_path: Path) -> None:
    taken = claim(tmp_path)
    timer = threading.Timer(0.5, taken.announce, ["http://127.0.0.1:8000"])
    timer.start()
    assert server_address(tmp_path, wait_s=10) == "http://127.0.0.1:8000"
    timer.join()
    taken.release()


def test_another_command_is_waited_for_until_it_gives_the_folder_back(tmp_path: Path) -> None:
    taken = claim(tmp_path)
    timer = threading.Timer(0.5, taken.release)
    timer.start()
    assert server_address(tmp_path, wait_s=10) == ""
    claim(tmp_path).release()
    timer.join()
