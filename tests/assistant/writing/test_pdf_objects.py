"""Parts of a PDF are replaced without harm to the rest."""

from __future__ import annotations

import pytest

from assistant.writing.pdf_objects import Edit, edited

FILE = (
    b"%PDF-1.7\n1 0 obj\n<</A 1>>\nendobj\n2 0 obj\n<</B 2>>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f\r\n0000000009 00000 n\r\n0000000033 00000 n\r\n"
    b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n57\n%%EOF\n"
)


def test_places_of_later_objects_move_with_the_edits() -> None:
    at = FILE.index(b"1>>")
    found = edited(FILE, [Edit(start=at, end=at + 1, new=b"12345")])
    place = found.index(b"2 0 obj")
    assert b"<</A 12345>>" in found
    assert b"0000000009 00000 n\r\n%010d 00000 n" % place in found
    assert b"startxref\n%d\n" % found.index(b"xref\n0 3") in found


def test_an_edit_that_starts_with_an_object_leaves_its_place() -> None:
    found = edited(FILE, [Edit(start=9, end=16, new=b"1 0 obj ")])
    assert b"0000000009 00000 n\r\n0000000034 00000 n" in found


@pytest.mark.parametrize(
    ("pdf", "edit"),
    [
        pytest.param(b"%PDF-1.7 nothing", Edit(start=0, end=1, new=b""), id="no table"),
        pytest.param(FILE, Edit(start=60, end=61, new=b""), id="inside the table"),
    ],
)
def test_another_layout_is_refused(pdf: bytes, edit: Edit) -> None:
    with pytest.raises(ValueError, match="not laid out"):
        edited(pdf, [edit])
