"""The application as a whole: pages, health, the description of itself, and where it listens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import require_loopback
from api.pages import STATIC_DIR, Pages
from assistant import __version__
from assistant.errors import ConfigurationError

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.mark.parametrize("path", ["/", "/ask/abc", "/documents", "/documents/one/two", "/x?q=1"])
def test_the_page_opens_at_each_of_its_addresses(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    assert response.content == (STATIC_DIR / "index.html").read_bytes()


@pytest.mark.parametrize("suffix", sorted(TYPES))
def test_files_of_the_page_have_the_right_type(client: TestClient, suffix: str) -> None:
    name = next(STATIC_DIR.rglob(f"*{suffix}")).relative_to(STATIC_DIR).as_posix()
    response = client.get(f"/{name}")
    assert response.headers["content-type"].startswith(TYPES[suffix])
    again = client.get(f"/{name}", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_fonts_are_kept_by_the_browser(tmp_path: Path) -> None:
    (tmp_path / "font.woff2").write_bytes(b"font")
    response = TestClient(Pages(tmp_path)).get("/font.woff2")
    assert response.headers["content-type"] == "font/woff2"
    assert "max-age=2592000" in response.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/missing.js", "/..%2f..%2fpyproject.toml", "/api/missing", "/api", "/lib/%00.js"]
)
def test_what_is_not_there_is_a_problem_and_not_the_page(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_health_names_every_part(client: TestClient) -> None:
    health = client.get("/api/health").json()
    names = ["store", "lexical", "dense", "embedding", "model", "disk"]
    assert [check["name"] for check in health["checks"]] == names
    assert all(check["detail"].endswith(".") for check in health["checks"])
    assert health["version"] == __version__


def test_an_installation_without_model_and_meaning_is_healthy(client: TestClient) -> None:
    wait_until_ready(client)
    health = client.get("/api/health").json()
    states = {check["name"]: check["state"] for check in health["checks"]}
    assert health["status"] == "ok"
    assert (states["model"], states["embedding"], states["dense"]) == ("off", "off", "off")


def test_a_full_disk_shows_in_health(open_client: Callable[..., TestClient]) -> None:
    client = open_client(min_free_bytes=1 << 60)
    checks = client.get("/api/health").json()["checks"]
    assert checks[-1]["state"] == "down"


def test_me_tells_the_page_its_limits(open_client: Callable[..., TestClient]) -> None:
    client = open_client(question_max_chars=500, upload_max_bytes=2_048)
    me = client.get("/api/me").json()
    assert me["limits"] == {"question_max_chars": 500, "upload_max_bytes": 2_048}
    assert me["model"] == {"configured": False, "name": ""}
    assert me["words_only"] is True


def test_the_description_names_the_problems_of_every_write(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    writes = [
        operation["responses"]
        for methods in paths.values()
        for method, operation in methods.items()
        if method in ("post", "patch", "delete")
    ]
    assert len(writes) >= 10
    assert all("403" in responses for responses in writes)
    assert all("application/problem+json" in responses["403"]["content"] for responses in writes)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_addresses_are_served(host: str) -> None:
    require_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.5", "example.org", ""])  # noqa: S104 (refused)
def test_no_other_address_is_served(host: str) -> None:
    with pytest.raises(ConfigurationError, match="loopback"):
        require_loopback(host)


def wait_until_ready(client: TestClient) -> None:
    for _ in range(400):
        if client.get("/api/ready").status_code == 204:
            return
    pytest.fail("not ready")


def test_symbols_are_drawn_from_the_copy_at_hand_also_without_a_connection(
    client: TestClient,
) -> None:
    assert "stale-while-revalidate" in client.get("/icons.svg").headers["cache-control"]
    assert client.get("/app.css").headers["cache-control"] == "no-cache"
