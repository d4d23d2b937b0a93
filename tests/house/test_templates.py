"""Do templates only print and loop? No queries, no arithmetic on money, no permission by role name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).resolve().parents[2] / "templates").rglob("*.html"))
FORBIDDEN = {
    "a query": re.compile(r"\.query\b|\bsession\b|\.filter_by\(|\.execute\("),
    "a role by name": re.compile(r"roles?\b\s*(==|!=|in\b|not in\b)\s*['\"(\[]"),
    "a state by name": re.compile(r"\.state\s*(==|!=|in\b|not in\b)"),
    "the day": re.compile(r"\bnow\(|today\(\)"),
    "an inline style": re.compile(r"\sstyle\s*="),
    "an inline handler": re.compile(r"\son(click|change|submit|load|input|key\w+)\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(p.parents[1])))
def test_a_template_prints_and_loops(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
    is_paper = "documents" in path.parts
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    allowed = {"an inline style"} if is_paper else set()
    assert not set(found) - allowed


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(p.parents[1])))
def test_a_form_that_posts_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    posts = len(re.findall(r"<form[^>]*method=\"post\"", text, re.I))
    tokens = len(re.findall(r"csrf_input\(|csrf_token|hidden_tag|hidden\(", text))
    assert not posts or tokens, path
