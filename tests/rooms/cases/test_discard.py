"""Discard a draft: it is gone with its papers, the record keeps that it was there."""

import pytest

from relief.cases import service as cases
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.workflow import State
from relief.files.models import Attachment
from tests.build_cases import a_case, some_evidence
from tests.rooms.cases.asking import audit_of, fresh, is_missing_alike, post
from tests.rooms.cases.test_edit import mend


def discard(case, by):
    cases.discard(case.id, version=case.version, by=by)


def test_the_draft_and_its_papers_are_gone_and_the_record_stays(office):
    case = mend(a_case(office), office.wang, grade=1)
    some_evidence(case)
    discard(fresh(case), office.wang)
    assert db.session.scalars(db.select(Case)).all() == []
    assert all(paper.removed_at for paper in db.session.scalars(db.select(Attachment)))
    assert audit_of(case.id, "case.discard")[0].changes == {"number": "XLGH-TS-2026-00001"}


def test_what_was_handed_in_once_is_withdrawn_instead(office):
    case = a_case(office, State.SUBMITTED)
    with pytest.raises(WrongState):
        discard(case, office.wang)
    cases.send_back(case.id, version=case.version, reason="R01", fields=["evidence"], note="补", by=office.li)
    with pytest.raises(RuleBroken, match="Withdraw"):
        discard(fresh(case), office.wang)


def test_others_do_not(office):
    case = a_case(office)
    with pytest.raises(NotAllowed):
        discard(case, office.li)
    with pytest.raises(NotYours):
        discard(case, office.zhao)


def test_over_http_it_leads_to_the_household(office, client):
    case = a_case(office)
    household = case.household_id
    done = post(client, office, "wang", f"/cases/{case.id}/discard", version=case.version)
    assert (done.status_code, done.location) == (303, f"/households/{household}")
    other = a_case(office)
    assert is_missing_alike(client, office, "zhao", "discard", other)
