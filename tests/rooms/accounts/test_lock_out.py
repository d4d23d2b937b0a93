"""How many wrong passwords are too many, for whom, and until when?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from relief.accounts import lockout, sessions
from relief.accounts.models import SignInFailure, User
from relief.accounts.sign_in import check_password, confirm_password, enter
from relief.db import db
from relief.domain.errors import RuleBroken
from tests.build import PASSWORD, Office

Later = Callable[..., None]


def fails(times: int, username: str = "wang", address: str = "10.0.0.1") -> str:
    """The sentence of the last of so many wrong passwords."""
    said = ""
    for _time in range(times):
        with pytest.raises(RuleBroken) as refused:
            check_password(username, "not the password", address=address)
        said = str(refused.value)
    return said


def gets_in(username: str = "wang", address: str = "10.0.0.1") -> User:
    return check_password(username, PASSWORD, address=address)


def is_locked(username: str = "wang", address: str = "10.0.0.1") -> bool:
    with pytest.raises(RuleBroken) as refused:
        check_password(username, "not the password", address=address)
    return "Too many failed tries" in str(refused.value)


def test_after_four_wrong_ones_the_right_one_still_opens(office: Office) -> None:
    fails(4)
    assert gets_in().username == "wang"


def test_after_five_even_the_right_one_does_not_and_the_sentence_says_until_when(office: Office) -> None:
    fails(5)
    with pytest.raises(RuleBroken, match="You can try again from") as refused:
        gets_in()
    assert "moment" in refused.value.sentence.params


def test_the_lock_ends_by_itself_a_quarter_of_an_hour_after_the_first_of_the_five(office: Office, later: Later) -> None:
    fails(5)
    later(minutes=14, seconds=50)
    assert is_locked()
    later(seconds=20)
    assert gets_in()


def test_trying_while_locked_does_not_make_it_longer(office: Office, later: Later) -> None:
    fails(5)
    for _minute in range(7):
        later(minutes=2)
        assert is_locked()
    later(minutes=2)
    assert gets_in()


def test_it_locks_this_name_from_this_address_alone(office: Office) -> None:
    fails(5)
    assert gets_in("li").username == "li"
    assert gets_in(address="10.0.0.2").username == "wang"


def test_a_name_that_nobody_has_is_locked_with_the_same_sentence(office: Office) -> None:
    assert fails(6, "wang").split(" from ")[0] == fails(6, "nobody").split(" from ")[0]
    assert "Too many failed tries" in fails(1, "nobody")


def test_the_name_is_counted_however_it_is_written(office: Office) -> None:
    fails(3, "wang")
    fails(2, " WANG ")
    assert is_locked()


def test_many_addresses_together_lock_a_name_but_not_its_own_desk(app: Flask, office: Office) -> None:
    with app.test_request_context():
        enter(gets_in(address="10.0.0.200"), address="10.0.0.200", agent="desk")
    for address in range(15):
        fails(1, address=f"10.9.9.{address}")
    assert is_locked(address="10.9.9.77")
    assert gets_in(address="10.0.0.200").username == "wang"


def test_an_address_that_tries_everybody_is_locked_and_no_other(office: Office) -> None:
    for name in range(50):
        fails(1, f"name{name}")
    assert is_locked("li")
    assert gets_in("li", address="10.0.0.2")


def test_coming_in_forgets_the_failures_of_this_name_here(app: Flask, office: Office) -> None:
    fails(4)
    with app.test_request_context():
        enter(gets_in(), address="10.0.0.1", agent="desk")
    fails(4)
    assert gets_in()


def test_the_name_is_not_kept_in_clear(office: Office) -> None:
    fails(1, "secretly-a-password")
    kept = db.session.scalars(sa.select(SignInFailure)).one()
    assert "secret" not in kept.name_index
    assert len(kept.name_index) == 64


def test_failures_are_swept_after_a_day(office: Office, later: Later) -> None:
    fails(3)
    later(days=1, minutes=1)
    fails(1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignInFailure)) == 1


def test_a_try_is_counted_before_its_password_is_looked_at(office: Office) -> None:
    for _time in range(lockout.MOST_OF_NAME_HERE):
        lockout.count_try("wang", "10.0.0.1")
    with pytest.raises(RuleBroken, match="Too many"):
        lockout.count_try("wang", "10.0.0.1")


def test_sixteen_wrong_ones_at_once_are_five_answers_and_eleven_locks(app: Flask, office: Office) -> None:
    db.session.remove()

    def attempt(_number: int) -> str:
        with app.app_context():
            return fails(1)

    with ThreadPoolExecutor(16) as crowd:
        said = list(crowd.map(attempt, range(16)))
    assert said.count("User name and password do not fit together.") == lockout.MOST_OF_NAME_HERE
    assert sum("Too many failed tries" in one for one in said) == 16 - lockout.MOST_OF_NAME_HERE


def test_giving_the_password_again_is_counted_too(office: Office) -> None:
    for _time in range(5):
        with pytest.raises(RuleBroken, match="not your password"):
            confirm_password(office.users["wang"], "wrong", address="10.0.0.1")
    with pytest.raises(RuleBroken, match="Too many"):
        confirm_password(office.users["wang"], PASSWORD, address="10.0.0.1")
    assert sessions.list_open(office.wang.user_id) == []
