"""How does the command line speak? English, or Chinese where LANG is Chinese; steps, progress, refusals."""

from __future__ import annotations

import gettext
import os
import re
import sys
from pathlib import Path
from typing import IO, Any

import click

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def language() -> str:
    """`zh_Hans_CN` where the terminal's language is Chinese, else `en`."""
    spoken = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh_Hans_CN" if spoken.lower().startswith("zh") else "en"


def _words() -> gettext.NullTranslations:
    if language() == "en":
        return gettext.NullTranslations()
    os.environ["LANGUAGE"] = language()  # click's own few words come from the same catalogue
    gettext.bindtextdomain("messages", TRANSLATIONS)
    return gettext.translation("messages", TRANSLATIONS, [language()], fallback=True)


_catalogue = _words()


def _(message: str, **params: object) -> str:
    """The message in the terminal's language, filled in."""
    words = _catalogue.gettext(message)
    return words % params if params else words


def helped(text: str) -> dict[str, Any]:
    """A command's help, and its first sentence for the list of commands."""
    return {"help": text, "short_help": re.split("[.。]", text)[0]}


class Refused(click.ClickException):
    """A command says no, in one sentence: exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(_("Not done: %(why)s", why=self.format_message()), file=file or sys.stderr, err=file is None)


class Steps:
    """Named steps, `[2/3] Loading the demo …`, with progress in place; `./run` may have done some before."""

    def __init__(self, total: int, *, to_stderr: bool = False) -> None:
        before = int(os.environ.get("RELIEF_STEPS_BEFORE", "0"))
        self.number, self.total, self.to_stderr = before, before + total, to_stderr
        self._told = -1

    def step(self, name: str) -> None:
        """Name the next step."""
        self.number, self._told = self.number + 1, -1
        self.say(f"[{self.number}/{self.total}] {name}")

    def progress(self, done: int, total: int) -> None:
        """Say how far the step is: in place on a terminal, else at each quarter."""
        stream = sys.stderr if self.to_stderr else sys.stdout
        if stream.isatty():
            click.echo(f"\r      {done} / {total}" + ("\n" if done >= total else ""), nl=False, err=self.to_stderr)
            return
        quarter = 4 * done // max(total, 1)
        if quarter != self._told:
            self._told = quarter
            self.say(f"      {done} / {total}")

    def say(self, text: str) -> None:
        """One line."""
        click.echo(text, err=self.to_stderr)
        (sys.stderr if self.to_stderr else sys.stdout).flush()
