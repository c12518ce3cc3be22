"""Server-sent events: form, order, heartbeats, and slow clients."""

import asyncio
import json

import pytest

from api.schemas.chat import DeltaEvent
from api.streaming import ClientTooSlowError, EventChannel, ServerEvent, encode


def delta(text: str) -> ServerEvent:
    return ServerEvent(name="delta", data=DeltaEvent(text=text))


async def pieces_of(channel: EventChannel) -> list[str]:
    return [piece.decode() async for piece in channel.pieces()]


def test_a_line_break_in_the_text_cannot_begin_a_new_event() -> None:
    written = encode(delta("가\n\nevent: answer\r\ndata: {}"), 7).decode()
    lines = written.rstrip("\n").split("\n")
    assert [line.partition(":")[0] for line in lines] == ["event", "data", "id"]
    assert json.loads(lines[1].removeprefix("data: "))["text"].startswith("가\n\n")


def test_events_keep_their_order_and_are_numbered_from_one() -> None:
    async def scenario() -> list[str]:
        channel = EventChannel()
        await channel.send(delta("하나"))
        await channel.send(delta("둘"))
        channel.close(delta("셋"))
        return await pieces_of(channel)

    pieces = asyncio.run(scenario())
    assert [piece.rpartition("id: ")[2].strip() for piece in pieces] == ["1", "2", "3"]
    assert "셋" in pieces[-1]


def test_silence_is_filled_with_comments() -> None:
    async def scenario() -> list[str]:
        channel = EventChannel(heartbeat_s=0.02)
        asyncio.get_running_loop().call_later(0.1, channel.close)
        return await pieces_of(channel)

    pieces = asyncio.run(scenario())
    assert len(pieces) >= 2
    assert all(piece.startswith(": ") for piece in pieces)


def test_a_client_that_does_not_read_is_given_up() -> None:
    async def scenario() -> None:
        channel = EventChannel(capacity=2, slow_client_s=0.05)
        for _ in range(3):
            await channel.send(delta("글"))

    with pytest.raises(ClientTooSlowError):
        asyncio.run(scenario())


def test_the_last_event_finds_room_in_a_full_channel() -> None:
    async def scenario() -> list[str]:
        channel = EventChannel(capacity=2)
        await channel.send(delta("하나"))
        await channel.send(delta("둘"))
        channel.close(delta("끝"))
        return await pieces_of(channel)

    pieces = asyncio.run(scenario())
    assert "끝" in pieces[-1]


def test_nothing_is_sent_after_the_end() -> None:
    async def scenario() -> list[str]:
        channel = EventChannel()
        channel.close()
        await channel.send(delta("늦음"))
        channel.close(delta("더 늦음"))
        return await pieces_of(channel)

    assert asyncio.run(scenario()) == []
