"""What the outermost layer refuses, and what it adds to each response."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import errors
from api.security import HEADERS, SecurityMiddleware


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    errors.install(app)

    @app.api_route("/api/thing", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def thing() -> dict[str, bool]:
        return {"done": True}

    @app.get("/page")
    def page() -> dict[str, bool]:
        return {"done": True}

    app.add_middleware(SecurityMiddleware)
    return TestClient(app, base_url="http://127.0.0.1:8000")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="cross-site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="same-site"),
        pytest.param({"Sec-Fetch-Site": ""}, id="empty"),
        pytest.param({"Origin": "http://evil.example"}, id="other origin"),
        pytest.param({"Origin": "http://127.0.0.1:9999"}, id="other port"),
        pytest.param({"Origin": "null"}, id="null origin"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"}, id="both"
        ),
    ],
)
def test_a_write_from_another_site_is_refused(
    client: TestClient, method: str, headers: dict[str, str]
) -> None:
    response = client.request(method, "/api/thing", headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "cross_site")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "same-origin"}, id="our page"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="typed by the user"),
        pytest.param({"Origin": "http://127.0.0.1:8000"}, id="older browser"),
        pytest.param({}, id="no browser"),
    ],
)
def test_a_write_of_our_own_passes(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/thing", headers=headers).status_code == 200


def test_a_read_from_another_site_passes_without_access_for_it(client: TestClient) -> None:
    response = client.get("/api/thing", headers={"Origin": "http://evil.example"})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.5:8000"])
def test_a_host_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/api/thing", headers={"Host": host})
    assert (response.status_code, response.json()["code"]) == (400, "host_not_allowed")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_loopback_names_pass(client: TestClient, host: str) -> None:
    assert client.get("/api/thing", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/api/thing", "/page", "/api/none", "/none"])
def test_every_response_carries_the_safe_headers(client: TestClient, path: str) -> None:
    found = client.get(path).headers
    assert {name: found[name] for name in HEADERS} == HEADERS
    assert len(found["x-request-id"]) == 16


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_answers_of_the_interface_are_not_kept_by_browsers(client: TestClient) -> None:
    assert client.get("/api/thing").headers["cache-control"] == "no-store"


def test_request_ids_differ(client: TestClient) -> None:
    ids = {client.get("/page").headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5
