"""How do the photos of a whole round come to their visits? Each to a row that is typed, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from relief.audit.service import record
from relief.db import db, transaction
from relief.domain.errors import NotYours, RuleBroken
from relief.domain.permissions import Actor
from relief.domain.visit_sheet_photos import place_in_name
from relief.files.judging import Judged, judge, judge_all
from relief.files.models import Attachment
from relief.files.service import attach
from relief.storage import digest
from relief.visits.models import Visit
from relief.visits.sheet_models import VisitSheet

MOST_PHOTOS = 40
MOST_SIGNED = 20
BY_NAME, IN_ORDER = "name", "order"


def attach_photos(
    sheet_id: int, photos: Sequence[Any], *, way: str = BY_NAME, places: Sequence[int | None] = (),
    signed: Sequence[Any] = (), by: Actor,
) -> int:  # fmt: skip
    """Keep a round's photos with its visits; how many were kept, a photo that is there already counts as none.

    `places` says the row of each photo; where it is silent, `way` does: `name`, `order` (one photo a typed row), or
    a row's number. `signed` are photos of the signed sheet, kept with each typed visit. RuleBroken on `photos`.
    """
    by.require("visit.write")
    judged = [judge(one, field="photos") for one in photos[: MOST_PHOTOS + 1]]
    if len(judged) > MOST_PHOTOS:
        raise RuleBroken("photos", "Choose at most %(most)s files at a time.", most=MOST_PHOTOS)
    papers = judge_all(list(signed), field="signed", most=MOST_SIGNED)
    with transaction():
        sheet = _sheet(sheet_id, by)
        visits = _visits(sheet)
        wanted = [(visits[place], "visit_photo", one) for place, one in _placed(sheet, visits, judged, way, places)]
        wanted += [(visit, "visit_form", one) for one in papers for visit in visits.values()]
        if not wanted:
            raise RuleBroken("photos", "Choose photos, and type at least one row first: photos belong to a visit.")
        kept = sum(_keep(visit, kind, one, by) for visit, kind, one in wanted)
        changes = {"photos": len(judged), "signed": len(papers), "kept": kept}
        record("visit_sheet.attach", "visit_sheet", sheet.id, by=by, union_id=sheet.union_id, changes=changes)
        return kept


def _placed(
    sheet: VisitSheet, visits: dict[int, Visit], judged: Sequence[Judged], way: str, places: Sequence[int | None]
) -> list[tuple[int, Judged]]:
    typed = iter(visits)
    placed = []
    for order, one in enumerate(judged):
        told = places[order] if order < len(places) else None
        place = told or _by_way(sheet, one.name, way, typed)
        if place is None:
            raise RuleBroken("photos", "To which row does “%(name)s” belong? Choose the row.", name=one.name)
        if place not in visits:
            raise RuleBroken("photos", "Row %(row)s is not typed yet: photos belong to a visit.", row=place)
        placed.append((place, one))
    return placed


def _by_way(sheet: VisitSheet, name: str, way: str, typed: Any) -> int | None:
    if way == IN_ORDER:
        return next(typed, None)
    return int(way) if way.isdecimal() else place_in_name(name, sheet.code, len(sheet.rows))


def _visits(sheet: VisitSheet) -> dict[int, Visit]:
    """The visits of the typed rows by their place, in the order of the paper."""
    places = {row.visit_id: row.place for row in sheet.rows if row.visit_id is not None}
    found = db.session.scalars(sa.select(Visit).where(Visit.id.in_(places)))
    return dict(sorted((places[visit.id], visit) for visit in found))


def _keep(visit: Visit, kind: str, one: Judged, by: Actor) -> bool:
    held = sa.select(Attachment.id).where(
        Attachment.subject == "visit", Attachment.subject_id == visit.id, Attachment.kind == kind,
        Attachment.sha256 == digest(one.content), Attachment.removed_at.is_(None),
    )  # fmt: skip
    if db.session.scalar(held) is not None:
        return False
    attach(
        one, subject="visit", subject_id=visit.id, household_id=visit.household_id, union_id=visit.union_id, kind=kind,
        by=by,
    )  # fmt: skip
    return True


def _sheet(sheet_id: int, by: Actor) -> VisitSheet:
    sheet = db.session.get(VisitSheet, sheet_id)
    if sheet is None:
        raise NotYours
    by.require_sight(sheet.union_id)
    return sheet
