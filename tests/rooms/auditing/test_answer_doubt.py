"""Answer a doubt: its owner alone, from the desk, until an auditor has judged."""

from dataclasses import replace

import pytest

from relief.auditing import service
from relief.desk.waiting import list_queues
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from tests.rooms.auditing.asking import QUESTION, a_doubt, fresh, lines_of


def reply(doubt, by, text="票据在当月凭证册第12页。"):
    return service.answer_doubt(doubt.id, version=fresh(doubt).version, answer=text, by=by)


def test_the_answer_is_kept_and_the_doubt_waits_for_the_auditor(office):
    doubt = a_doubt(office)
    reply(doubt, office.wang)
    assert (fresh(doubt).state, fresh(doubt).answer) == ("answered", "票据在当月凭证册第12页。")
    assert fresh(doubt).answered_at is not None


def test_the_record_says_that_it_was_answered_and_not_what(office):
    doubt = a_doubt(office)
    reply(doubt, office.wang)
    (line,) = lines_of("doubt.answer")
    assert (line.subject_id, line.person_id) == (doubt.id, office.wang.person_id)
    assert line.changes == {"state": ["open", "answered"]}


def test_the_answer_may_be_mended_until_it_is_judged(office):
    doubt = a_doubt(office)
    reply(doubt, office.wang)
    reply(doubt, office.wang, "更正：第13页。")
    assert fresh(doubt).answer == "更正：第13页。"
    service.settle_doubt(doubt.id, version=fresh(doubt).version, finding="属实", by=office.feng)
    with pytest.raises(WrongState):
        reply(doubt, office.wang)


def test_only_the_owner_answers(office):
    doubt = a_doubt(office)
    for other in (office.li, office.sun, office.chu, office.wei):
        with pytest.raises(NotYours):
            reply(doubt, other)
    with pytest.raises(NotAllowed):
        reply(doubt, office.feng)
    with pytest.raises(NotYours):
        reply(doubt, replace(office.wang, user_id=office.users["zhao"].id))


def test_an_empty_answer_and_a_stale_one_are_refused(office):
    doubt = a_doubt(office)
    with pytest.raises(RuleBroken) as refused:
        reply(doubt, office.wang, " ")
    assert refused.value.field == "answer"
    with pytest.raises(Stale):
        service.answer_doubt(doubt.id, version=doubt.version + 1, answer="好", by=office.wang)
    assert fresh(doubt).state == "open"


def test_it_waits_on_the_owners_desk_and_then_on_the_auditors(office):
    def waiting(by):
        return {queue.code: [item.url for item in queue.items] for queue in list_queues(by)}

    doubt = a_doubt(office)
    url = f"/auditing/register/{doubt.id}"
    assert waiting(office.wang)["doubts"] == [url]
    for other in (office.li, office.feng, office.chu, office.wei):
        assert not {"doubts", "answers"} & set(waiting(other))
    reply(doubt, office.wang)
    assert "doubts" not in waiting(office.wang)
    assert waiting(office.feng)["answers"] == [url]


def test_over_http(office, signed_in):
    doubt = a_doubt(office)
    url = f"/auditing/register/{doubt.id}"
    get, post = signed_in("wang")
    assert doubt.number in get("/").text and doubt.number in get("/auditing/mine").text
    page = get(url)
    assert QUESTION in page.text and f"{url}/answer" in page.text and f"{url}/settle" not in page.text
    bad = post(f"{url}/answer", version=doubt.version, answer="")
    assert bad.status_code == 422 and 'id="answer-error"' in bad.text
    done = post(f"{url}/answer", version=doubt.version, answer="第12页")
    assert done.status_code == 303 and fresh(doubt).answer == "第12页"


@pytest.mark.parametrize("who", ["li", "zhao", "sun", "chu", "wei"])
def test_for_others_there_is_no_such_page(office, signed_in, who):
    doubt = a_doubt(office)
    get, post = signed_in(who)
    for ending in ("", "/answer"):
        theirs, none = get(f"/auditing/register/{doubt.id}{ending}"), get(f"/auditing/register/999999{ending}")
        assert theirs.status_code == none.status_code == 404 and theirs.data == none.data
    assert post(f"/auditing/register/{doubt.id}/answer", version=1, answer="好").status_code == 404
    assert doubt.number not in get("/auditing/mine").text
    assert fresh(doubt).state == "open"
