"""How does a room show what only the rooms above it know? They register a provider when they are loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Told = TypeVar("Told")


class Providers(Generic[Asked, Told]):
    """Those who answer one question of a room, in the order of the rooms above it."""

    def __init__(self) -> None:
        self._all: list[Callable[Asked, Told]] = []

    def register(self, provider: Callable[Asked, Told]) -> None:
        """Let a room answer; registering the same function again changes nothing."""
        if provider not in self._all:
            self._all.append(provider)

    def answers(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Iterator[Told]:
        """What each of them says, asked one after another as the answers are wanted."""
        return (provider(*args, **kwargs) for provider in self._all)


class Adding(Providers[Asked, list[Told]]):
    """Providers that each add some things to one list."""

    def all(self, *args: Asked.args, **kwargs: Asked.kwargs) -> list[Told]:
        """What all of them add."""
        return list(chain.from_iterable(self.answers(*args, **kwargs)))
