"""What do the tests of money stand on? Fresh copies of one prepared office, as many as a test asks for."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from relief import clock, create_app
from relief.audit.service import seal_chains
from relief.config import Settings
from relief.db import db
from tests.build import Office, an_office
from tests.conftest import SERVER
from tests.rooms.money.ready import World, cases_in_approval, the_cast
from tests.stage import Stage

USUAL_CASES = 14
PREPARED: pytest.StashKey[Prepared] = pytest.StashKey()
_PLACES = count(1)


Open = Callable[[], AbstractContextManager[World]]


@dataclass(frozen=True)
class Prepared:
    """The database that the worlds are copied from."""

    address: str
    case_ids: tuple[int, ...]
    shift: timedelta


@pytest.fixture(scope="session")
def prepared(
    request: pytest.FixtureRequest, template: str, base_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    """An office with some cases at the last level, made once for all tests of money, whichever folder they are in."""
    made = request.config.stash.get(PREPARED, None)
    if made is not None:
        yield made
        return
    with prepare(request, template, base_settings, tmp_path_factory.mktemp("money"), USUAL_CASES) as made:
        request.config.stash[PREPARED] = made
        yield made


@contextmanager
def prepare(
    request: pytest.FixtureRequest, template: str, base_settings: Settings, folder: Path, cases: int,
    more: Callable[[Office], list[int]] = lambda office: [],
) -> Iterator[Prepared]:  # fmt: skip
    """An office with so many cases at the last level, and `more` of other kinds, its record sealed."""
    address = _copy(request, template, folder, "template_relief")
    app = create_app(replace(base_settings, database_url=address, instance=folder))
    with app.app_context():
        office = an_office()
        ids = (*cases_in_approval(office, cases), *more(office))
        seal_chains()
        shift = clock.shift()
        _let_go()
    clock.set_shift(timedelta(0))
    yield Prepared(address, ids, shift)
    _drop(request, address)


@pytest.fixture
def worlds(prepared: Prepared, stage: Stage, base_settings: Settings, tmp_path: Path) -> Iterator[Open]:
    """Opens a fresh copy of the prepared office, one at a time: `with worlds() as world:`."""

    @contextmanager
    def fresh() -> Iterator[World]:
        folder = tmp_path / f"world{next(_PLACES)}"
        folder.mkdir()
        stage.lay(prepared.address)
        clock.set_shift(prepared.shift)
        with stage.application(replace(base_settings, database_url=stage.address, instance=folder)) as app:
            yield World(app, the_cast(), prepared.case_ids)

    yield fresh
    clock.set_shift(timedelta(0))


def _copy(request: pytest.FixtureRequest, address: str, folder: Path, source: str) -> str:
    if address.startswith("sqlite"):
        target = folder / "relief.db"
        shutil.copy(address.removeprefix("sqlite:///"), target)
        return f"sqlite:///{target}"
    return str(request.config.stash[SERVER].create_database(f"money_{next(_PLACES)}", template=source))


def _name(address: str) -> str:
    return str(sa.make_url(address).database)


def _drop(request: pytest.FixtureRequest, address: str) -> None:
    if not address.startswith("sqlite"):
        request.config.stash[SERVER].drop_database(_name(address))


def _let_go() -> None:
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()
