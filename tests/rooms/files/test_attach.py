"""How does a paper come on file, who sees it, and how is it taken off?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.aid import find_kind
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.files import blobs
from relief.files.kinds import KINDS
from relief.files.models import Attachment, Blob
from relief.files.queries import content_of, get_attachment, kinds_attached, list_attachments
from relief.files.service import attach, attach_all, remove_attachment
from relief.files.shown import shown_papers
from tests.build import Office, an_office
from tests.rooms.files.papers import a_photo, a_scan


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def place(office: Office, kind: str = "identity", subject: str = "case", by: object = None) -> dict[str, object]:
    where = {"subject": subject, "subject_id": 5, "household_id": None, "union_id": office.dongfeng.id}
    return where | {"kind": kind, "by": by or office.wang}


def test_it_is_kept_and_on_the_record(office: Office) -> None:
    paper = attach(a_scan("张三 身份证.pdf"), **place(office))
    assert content_of(paper) == a_scan().content
    line = db.session.scalars(sa.select(AuditEntry).filter_by(verb="attachment.add")).one()
    assert (line.subject, line.subject_id, line.changes["kind"]) == ("case", 5, "identity")
    assert "张三" not in str(line.changes)


def test_its_name_lies_sealed(office: Office) -> None:
    attach(a_scan("张三.pdf"), **place(office))
    assert "张三" not in db.session.execute(sa.text("SELECT name FROM attachment")).scalar_one()


def test_the_same_photo_twice_is_two_papers_and_one_blob(office: Office) -> None:
    attach_all([a_photo(), a_photo()], **place(office))
    assert db.session.query(Attachment).count() == 2
    assert db.session.query(Blob).count() == 1


def test_of_many_all_are_kept_or_none(office: Office) -> None:
    with pytest.raises(RuleBroken):
        attach_all([a_scan(), a_scan("b.exe")], **place(office))
    assert db.session.query(Attachment).count() == 0


def test_the_wrong_role_another_union_and_an_unknown_kind_are_turned_away(office: Office) -> None:
    with pytest.raises(NotAllowed):
        attach(a_scan(), **place(office, by=office.feng))
    with pytest.raises(NotYours):
        attach(a_scan(), **place(office, by=office.zhao))
    with pytest.raises(RuleBroken) as caught:
        attach(a_scan(), **place(office, kind="selfie"))
    assert caught.value.field == "kind"


def test_health_papers_open_only_to_those_who_see_health(office: Office) -> None:
    paper = attach(a_scan(), **place(office, kind="diagnosis"))
    assert get_attachment(paper.id, by=office.chen).id == paper.id
    health = list_attachments("case", 5, by=office.sun)
    assert [one.kind for one in health] == ["diagnosis"]
    for finance in (office.zhou, office.wu, office.zheng):
        assert list_attachments("case", 5, by=finance) == []
        with pytest.raises(NotYours):
            get_attachment(paper.id, by=finance)


def test_a_diagnosis_among_the_papers_of_a_voucher_stays_closed_to_finance(office: Office) -> None:
    paper = attach(a_scan(), **place(office, kind="diagnosis", subject="voucher", by=office.zheng))
    assert list_attachments("voucher", 5, by=office.zhou) == []
    with pytest.raises(NotYours):
        get_attachment(paper.id, by=office.zhou)
    assert get_attachment(paper.id, by=office.feng).id == paper.id


def test_administrators_see_no_paper(office: Office) -> None:
    paper = attach(a_scan(), **place(office))
    for administrator in (office.chu, office.wei):
        with pytest.raises(NotYours):
            get_attachment(paper.id, by=administrator)


def test_finance_opens_the_papers_of_a_voucher_and_a_caseworker_does_not(office: Office) -> None:
    paper = attach(a_scan(), **place(office, kind="signed_voucher", subject="voucher", by=office.zheng))
    assert get_attachment(paper.id, by=office.zhou).id == paper.id
    with pytest.raises(NotYours):
        get_attachment(paper.id, by=office.wang)


def test_another_unions_paper_is_as_if_it_were_not(office: Office) -> None:
    paper = attach(a_scan(), **place(office))
    assert list_attachments("case", 5, by=office.zhao) == []
    with pytest.raises(NotYours):
        get_attachment(paper.id, by=office.zhao)
    with pytest.raises(NotYours):
        remove_attachment(paper.id, by=office.zhao)


def test_taken_off_it_is_gone_from_the_screens_and_stays_in_the_store(office: Office) -> None:
    paper = attach(a_scan(), **place(office))
    assert kinds_attached("case", 5) == {"identity"}
    remove_attachment(paper.id, by=office.wang, reason="wrong person")
    assert kinds_attached("case", 5) == frozenset()
    assert list_attachments("case", 5, by=office.wang) == []
    for again in (get_attachment, remove_attachment):
        with pytest.raises(NotYours):
            again(paper.id, by=office.wang)
    assert blobs.read(paper.sha256) == a_scan().content
    line = db.session.scalars(sa.select(AuditEntry).filter_by(verb="attachment.remove")).one()
    assert line.changes["reason"] == "wrong person"


def test_who_only_reads_cannot_take_it_off(office: Office) -> None:
    paper = attach(a_scan(), **place(office))
    with pytest.raises(NotAllowed):
        remove_attachment(paper.id, by=office.feng)
    assert [one.may_remove for one in shown_papers([paper], by=office.feng)] == [False]
    assert [one.may_remove for one in shown_papers([paper], by=office.wang)] == [True]


def test_every_evidence_that_an_aid_asks_for_is_a_kind_of_paper() -> None:
    assert set(find_kind("special").evidence) <= set(KINDS)
