"""Every error has one shape, a status and wording in both languages."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import errors as web_errors
from api.errors import PROBLEM_TYPE, status_of
from api.security import SecurityMiddleware
from assistant import errors
from assistant.errors import AssistantError
from assistant.wording import ERRORS, describe

MADE = {
    "QuestionTooLongError": {"length": 5000, "limit": 4000},
    "UnknownFilterError": {"name": "kinds", "value": "poem"},
    "UnsupportedFormatError": {"detected": "application/zip"},
    "DocumentUnreadableError": {"reason": "encrypted"},
    "DocumentTooLargeError": {"size_bytes": 20, "limit_bytes": 10},
    "GradeNotAllowedError": {"grade": "C"},
    "NotFoundError": {"what": "document"},
    "ModelUnavailableError": {"reason": "timeout"},
    "ModelOutputError": {"prompt": "answer_question", "raw": "SECRET REPLY"},
    "IndexUnavailableError": {"index": "lexical"},
    "ConflictError": {"reason": "name_taken"},
    "TooManyChatsError": {"retry_after_s": 5},
    "AlreadyRunningError": {"address": ""},
    "TemplateInputError": {"missing": ("제목", "날짜")},
    "TemplateFaultError": {"faults": ("본문 표 2의 3번째 줄: 닫히지 않은 괄호",)},
    "PilotPlaceError": {"place": "x", "reason": "value"},
    "ColumnSetFaultError": {"faults": ("열 이름이 비어 있습니다.",)},
    "ComplaintInputError": {"reason": "mask_place"},
    "CellValueError": {"column": "금액", "type": "amount"},
    "PartLockedError": {"part_id": "figures"},
    "AnswerUnwritableError": {"reason": "unfinished"},
    "OpenItemsError": {"item_ids": ("a", "b")},
    "StaleVersionError": {"current": {}, "yours": {}},
    "DraftUnwritableError": {"reason": "too_large"},
}


def subclasses(family: type[AssistantError]) -> Iterator[type[AssistantError]]:
    for child in family.__subclasses__():
        if child.__module__ in (errors.__name__, web_errors.__name__):
            yield child
        yield from subclasses(child)


def make(family: type[AssistantError]) -> AssistantError:
    facts = MADE.get(family.__name__)
    return family(**facts) if facts else family("for developers")


FAMILIES = sorted({AssistantError, *subclasses(AssistantError)}, key=lambda c: c.__name__)


def client_raising(error: Exception) -> TestClient:
    app = FastAPI()
    web_errors.install(app)

    @app.get("/api/boom")
    def boom() -> None:
        raise error

    app.add_middleware(SecurityMiddleware)
    return TestClient(app, base_url="http://127.0.0.1")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda c: c.__name__)
def test_every_error_becomes_a_problem_with_korean_wording(family: type[AssistantError]) -> None:
    error = make(family)
    response = client_raising(error).get("/api/boom")
    body = response.json()
    assert response.headers["content-type"] == PROBLEM_TYPE
    assert (body["status"], body["code"]) == (response.status_code, error.code)
    assert response.status_code == status_of(error) >= 400
    assert body["detail"] == describe(error)
    assert any("가" <= letter <= "힣" for letter in body["detail"])
    assert body["request_id"] == response.headers["x-request-id"]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda c: c.__name__)
def test_every_error_has_wording_of_its_own(family: type[AssistantError]) -> None:
    assert family.code in ERRORS or any(key.startswith(f"{family.code}:") for key in ERRORS)


@pytest.mark.parametrize("pair", ERRORS.values(), ids=list(ERRORS))
def test_each_wording_says_what_happened_and_what_to_do(pair: tuple[str, str]) -> None:
    korean, english = pair
    assert korean.count(".") >= 2 or "?" in korean
    assert korean.rstrip(".").endswith(("시오", "습니다"))
    assert english.endswith(".")
    assert not any("가" <= letter <= "힣" for letter in english)


@pytest.mark.parametrize("header", [{"Accept-Language": "en-GB,en"}, {"X-Language": "en"}])
def test_english_is_given_when_asked_for(header: dict[str, str]) -> None:
    error = errors.NotFoundError(what="document")
    body = client_raising(error).get("/api/boom", headers=header).json()
    assert body["detail"] == describe(error, "en")


def test_a_reply_of_the_model_never_reaches_the_page() -> None:
    error = errors.ModelOutputError(prompt="answer_question", raw="SECRET REPLY")
    assert "SECRET" not in client_raising(error).get("/api/boom").text


def test_a_bug_becomes_a_problem_that_tells_nothing_of_it() -> None:
    response = client_raising(ZeroDivisionError("inner secret")).get("/api/boom")
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


def test_an_unknown_address_is_not_repeated() -> None:
    response = client_raising(errors.NotFoundError(what="x")).get("/api/%3Cscript%3Esomewhere")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert "somewhere" not in response.text


def test_a_wrong_method_names_the_right_ones() -> None:
    response = client_raising(errors.NotFoundError(what="x")).post("/api/boom")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response.headers["allow"] == "GET"


@pytest.mark.parametrize("family", [errors.ServiceError, web_errors.TooManyChatsError])
def test_a_passing_failure_says_when_to_come_back(family: type[AssistantError]) -> None:
    assert int(client_raising(make(family)).get("/api/boom").headers["retry-after"]) > 0
