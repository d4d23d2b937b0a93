"""What may nobody find on a page? A fault that axe knows, a page wider than its screen, words of the other language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_bytes()
AXE_IS_AT = "/axe.min.js"
Answer = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
# Every text that a reader meets, with the language that it is marked as; code, scripts and typed text are no prose.
TEXTS = """
() => {
  const silent = "script, style, template, code, title, textarea, svg";
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const found = [];
  const note = (element, text, whole = false) => {
    const lang = element.closest("[lang]").lang;
    // an attribute cannot mark a part of itself: a name within an English one is allowed
    if (text.trim() && !(whole && lang === "en" && /[a-z]/i.test(text))) found.push([lang, text.trim()]);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(silent)) note(node.parentElement, node.data);
  for (const name of ["aria-label", "placeholder", "alt", "data-confirm"])
    for (const one of document.querySelectorAll(`[${name}]`)) note(one, one.getAttribute(name), true);
  return found;
}
"""
HAN = range(0x4E00, 0xA000)


def with_axe(app: Answer) -> Answer:
    """An application that also hands out axe: from their own site pages may load it, and a browser keeps it compiled."""

    def answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != AXE_IS_AT:
            return app(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Cache-Control", "max-age=86400, immutable")])
        return [AXE]

    return answer


def faults(page: Page) -> list[str]:
    """What axe says against the page, with the elements."""
    page.add_script_tag(url=AXE_IS_AT)
    found = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", RULES)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its screen."""
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def foreign(page: Page) -> list[str]:
    """Texts in a language that is neither the page's nor marked: Chinese on an English page, English on a Chinese."""
    texts = page.evaluate(TEXTS)
    return [text for lang, text in texts if (_has_han(text) if lang == "en" else _is_english_prose(text))]


def _has_han(text: str) -> bool:
    return any(ord(sign) in HAN for sign in text)


def _is_english_prose(text: str) -> bool:
    """Three words of Latin letters in a row; names, codes and file types are fewer."""
    run = 0
    for word in text.replace("/", " ").split():
        run = run + 1 if word.strip(".,;:!?()“”\"'’").isascii() and word.strip(".,;:!?()\"'").isalpha() else 0
        if run >= 3:
            return True
    return False
