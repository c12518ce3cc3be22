"""The process that sets one PDF, or draws pictures: it can be killed and harms nothing else.

Run as a file by `pdf_process`, without the package: it needs typst and nothing of ours. The job
comes as JSON on the input stream, the file goes out on the output stream; the exit code says the
rest.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypedDict

import typst

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # its absence is looked for

BROKEN_PICTURE = 3
NOT_SET = 4
OUT_OF_MEMORY = 5
LENGTH_BYTES = 8  # before each picture, since there may be several
_PPI = 144.0


class Job(TypedDict):
    """What to set: `folder` holds template, data and pictures and is all that typst may read.

    With `ppi` each page is drawn as a PNG of so many dots an inch, told with its length first,
    instead of being set as PDF.
    """

    folder: str
    template: str
    fonts: list[str]
    pictures: list[str]
    timestamp: int | None
    ppi: int | None
    memory_bytes: int
    cpu_s: int


def main() -> int:
    """Set the file that the job on the input stream asks for."""
    job: Job = json.loads(sys.stdin.buffer.read())
    _restrict(job)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(job["fonts"])
    )
    try:
        made = _compiled(job, fonts, job["template"])
    except typst.TypstError:
        return _why(job, fonts)
    except MemoryError:
        return OUT_OF_MEMORY
    for file in made:
        if job["ppi"] is not None:
            sys.stdout.buffer.write(len(file).to_bytes(LENGTH_BYTES, "big"))
        sys.stdout.buffer.write(file)
    return 0


def _compiled(job: Job, fonts: typst.Fonts, name: str) -> list[bytes]:
    folder = Path(job["folder"])
    draws = job["ppi"] is not None
    made = typst.compile(
        folder / name,
        root=folder,
        font_paths=fonts,
        ignore_system_fonts=True,
        format="png" if draws else "pdf",
        ppi=float(job["ppi"] or _PPI),
        pdf_standards=[] if draws else ["a-2b"],
        timestamp=job["timestamp"],
        package_path=folder,
        package_cache_path=folder,
    )
    return made if isinstance(made, list) else [made]


def _why(job: Job, fonts: typst.Fonts) -> int:
    """Name the pictures that cannot be decoded, one a line; without any, the fault is elsewhere."""
    broken = [name for name in job["pictures"] if not _is_whole(job, fonts, name)]
    sys.stdout.write("\n".join(broken))
    return BROKEN_PICTURE if broken else NOT_SET


def _is_whole(job: Job, fonts: typst.Fonts, name: str) -> bool:
    probe = Path(job["folder"]) / f"{name}.typ"
    probe.write_text(f'#image("{name}")', encoding="ascii")
    try:
        _compiled(job, fonts, probe.name)
    except typst.TypstError:
        return False
    return True


def _restrict(job: Job) -> None:
    """Bound memory and processor time, where the system can."""
    if resource is None:
        return
    wanted = {resource.RLIMIT_AS: job["memory_bytes"], resource.RLIMIT_CPU: job["cpu_s"]}
    for kind, soft in {**wanted, resource.RLIMIT_CORE: 0}.items():
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (soft if hard < 0 else min(soft, hard), hard))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


if __name__ == "__main__":
    sys.exit(main())
