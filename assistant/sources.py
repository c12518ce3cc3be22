"""Which files of a folder are meant, and what the corpus says of its own: `sources.yaml`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from assistant.domain import SourceKind
from assistant.errors import ConfigurationError
from assistant.text import clean

FILE_NAME = "sources.yaml"


class Source(BaseModel):
    """One file of the public corpus.

    What is not searched (`is_searched: false`) is there to be filled in from: the form of a pilot,
    whose facts stand in words in the notes beside it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(min_length=1)
    path: str
    title: str = Field(min_length=1)
    publisher: str = ""
    kind: SourceKind
    collection: str
    effective_from: date | None = None
    promulgated_on: date | None = None
    grade: Literal["O", "S"] = "O"
    url: str | None = None
    is_searched: bool = True

    @field_validator("path")
    @classmethod
    def stays_inside(cls, path: str) -> str:
        """Refuse a path that leads out of the corpus folder."""
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ValueError("the path leads out of the corpus folder")
        return path

    @property
    def file_name(self) -> str:
        """The name under which the file is listed."""
        return clean(PurePosixPath(self.path).name)

    def fingerprint(self, sha256: str) -> str:
        """Return a hash that changes with the file and with what is said of it."""
        told = self.model_dump_json(exclude={"is_searched"})
        return hashlib.sha256(f"{sha256}\n{told}".encode()).hexdigest()


class _Sources(BaseModel):
    sources: list[Source]

    @model_validator(mode="after")
    def names_are_unique(self) -> _Sources:
        """Refuse two files that could not be told apart."""
        names = {(source.collection, source.file_name) for source in self.sources}
        if len(names) < len(self.sources):
            raise ValueError("two files of one collection have the same name")
        if len({source.id for source in self.sources}) < len(self.sources):
            raise ValueError("two files have the same id")
        return self


def read_sources(folder: Path) -> list[Source]:
    """Return the files that `sources.yaml` in `folder` lists; none when there is no such file.

    Raises:
        ConfigurationError: it cannot be read, or says something that makes no sense.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return []
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _Sources.model_validate(content or {"sources": []}).sources
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{FILE_NAME} of the corpus cannot be used") from error


def fingerprints(folder: Path) -> frozenset[tuple[str, str]]:
    """Return collection and fingerprint of each file of a corpus that is searched and is there.

    Raises:
        ConfigurationError: `sources.yaml` cannot be used.
    """
    return frozenset(
        (source.collection, source.fingerprint(hashlib.sha256(path.read_bytes()).hexdigest()))
        for source in read_sources(folder)
        if source.is_searched and (path := folder / source.path).is_file()
    )


def files_below(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files among `paths` and in its folders, hidden ones left out, with their names.

    A file in a folder of the folder named keeps that in its name: two files of one name would
    else become versions of one document.
    """
    for path in paths:
        if not path.is_dir():
            yield path, path.name
            continue
        for found in sorted(path.rglob("*")):
            inner = found.relative_to(path)
            if found.is_file() and not any(part.startswith(".") for part in inner.parts):
                yield found, inner.as_posix()
