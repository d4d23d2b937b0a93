"""Does a room hear each room above it once, in their order, and no more of them than it needs?"""

from __future__ import annotations

from relief.providers import Adding, Providers


def test_what_each_adds_stands_in_one_list_once():
    lines: Adding[[int], str] = Adding()

    def two(number: int) -> list[str]:
        return [f"{number}-a", f"{number}-b"]

    for provider in (two, lambda number: [], two, lambda number: [f"{number}-c"]):
        lines.register(provider)
    assert lines.all(7) == ["7-a", "7-b", "7-c"]


def test_nobody_is_asked_after_the_answer_is_known():
    asked: list[str] = []
    checks: Providers[[int], bool] = Providers()
    for name, answer in (("first", False), ("second", True), ("third", True)):
        checks.register(lambda _number, name=name, answer=answer: asked.append(name) or answer)
    assert any(checks.answers(1)) and asked == ["first", "second"]
