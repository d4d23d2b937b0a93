"""What does the command line say and with which exit code does it end?"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from flask import Flask

from relief.accounts.queries import find_user
from relief.audit.models import AuditEntry
from relief.cli import COMMANDS, group
from relief.config import REQUIRED, ROOT, Settings, from_environment
from relief.db import db
from tests.build import an_id, an_office
from tests.rooms.command_line import environment, relief

ROSTER = ROOT / "tests" / "data" / "roster-2026.xlsx"


@pytest.mark.parametrize("name", ["", *group.commands])
def test_every_command_explains_itself(name: str) -> None:
    said = relief(*filter(None, [name]), "--help")
    assert (said.returncode, said.stderr) == (0, "")
    assert "Usage: relief" in said.stdout


def test_the_list_of_commands_is_not_cut_off() -> None:
    said = relief("--help").stdout
    assert all(name in said for name in group.commands)
    assert len(COMMANDS) == len(group.commands)
    assert "..." not in said.replace("[ARGS]...", "")


def test_what_is_not_understood_ends_with_2() -> None:
    for arguments in (("fly",), ("demo", "--wings"), ("demo", "--port", "99999999"), ("import-roster",)):
        said = relief(*arguments)
        assert (said.returncode, said.stdout) == (2, "")
        assert "Usage:" in said.stderr


def test_serve_refuses_without_its_secrets_and_names_every_one() -> None:
    said = relief("serve")
    assert (said.returncode, said.stdout) == (1, "")
    assert all(name in said.stderr for name in REQUIRED)


def test_serve_names_only_what_is_missing(settings: Settings) -> None:
    env = environment(settings)
    del env["RELIEF_AUDIT_KEY"]
    said = relief("serve", **env)
    assert said.returncode == 1
    assert "RELIEF_AUDIT_KEY" in said.stderr
    assert "RELIEF_INDEX_KEY:" not in said.stderr


def test_a_setting_that_cannot_be_read_is_refused_without_a_traceback(settings: Settings) -> None:
    said = relief("list-users", **environment(settings) | {"RELIEF_FIELD_KEYS": "{nonsense"})
    assert said.returncode == 1
    assert "Traceback" not in said.stderr


def test_generated_keys_are_a_servers_secrets() -> None:
    lines = relief("generate-keys").stdout.splitlines()
    made = {name: value.strip("'") for name, value in (line.split("=", 1) for line in lines)}
    settings = from_environment(made | {"RELIEF_DATABASE_URL": "sqlite://"})
    assert {len(key) for key in settings.keyring.field_keys.values()} == {32}
    assert set(made) | {"RELIEF_DATABASE_URL"} == set(REQUIRED)
    assert relief("generate-keys").stdout.splitlines() != lines


def test_a_database_that_is_not_migrated_is_refused_and_then_migrated(settings: Settings, tmp_path: Path) -> None:
    env = environment(settings) | {"RELIEF_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"}
    refused = relief("list-users", **env)
    assert refused.returncode == 1
    assert "relief migrate" in refused.stderr
    assert relief("migrate", **env).returncode == 0
    assert relief("list-users", **env).returncode == 0


def test_a_database_that_is_gone_is_said_in_one_line(settings: Settings) -> None:
    env = environment(settings) | {"RELIEF_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"}
    said = relief("list-users", **env)
    assert said.returncode == 1
    assert "does not answer" in said.stderr
    assert "Traceback" not in said.stderr


def test_an_account_is_made_with_an_invitation_and_the_record_names_who(app: Flask, settings: Settings) -> None:
    an_office()
    env = environment(settings)
    options = ("--name", "马芳", "--union", "DF", "--role", "caseworker", "--username", "mafang", "--by", "王工")
    made = relief("create-user", *options, typed=an_id(sequence=99) + "\n", **env)
    assert made.returncode == 0, made.stderr
    assert "mafang" in made.stdout
    assert re.search(r"Invitation: \w{5}-\w{5}-\w{5}-\w{5}", made.stdout)
    assert an_id(sequence=99) not in made.stdout + made.stderr
    db.session.rollback()
    line = db.session.query(AuditEntry).filter_by(verb="user.create", subject_id=find_user("mafang").id).one()
    assert (line.actor, line.user_id) == ("王工", None)
    listed = json.loads(relief("list-users", "--format", "json", **env).stdout)
    mine = next(one for one in listed if one["username"] == "mafang")
    assert (mine["name"], mine["union"], mine["roles"]) == ("马芳", "东风林场", ["caseworker"])


def test_a_refusal_is_a_sentence_on_stderr_and_exit_code_1(app: Flask, settings: Settings) -> None:
    an_office()
    options = ("--name", "马芳", "--union", "XX", "--role", "caseworker")
    said = relief("create-user", *options, typed=an_id() + "\n", **environment(settings))
    assert (said.returncode, said.stdout) == (1, "")
    assert "There is no union with the code XX." in said.stderr


def test_a_roster_is_judged_as_json_and_a_dry_run_writes_nothing(app: Flask, settings: Settings) -> None:
    an_office()
    lines = db.session.query(AuditEntry).count()
    said = relief("import-roster", str(ROSTER), "--dry-run", "--format", "json", **environment(settings))
    assert said.returncode == 0, said.stderr
    judged = json.loads(said.stdout)
    assert set(judged) == {"rows", "members", "tally"}
    assert sum(judged["tally"].values()) == len(judged["rows"]) > 500
    db.session.rollback()
    assert db.session.query(AuditEntry).count() == lines


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(app: Flask, settings: Settings, tmp_path: Path) -> None:
    an_office()
    (tmp_path / "notes.xlsx").write_text("not a workbook")
    said = relief("import-roster", str(tmp_path / "notes.xlsx"), **environment(settings))
    assert (said.returncode, said.stdout) == (1, "")
    assert "Traceback" not in said.stderr


def test_an_import_for_one_union_turns_the_rows_of_others_away(app: Flask, settings: Settings) -> None:
    an_office()
    options = ("import-roster", str(ROSTER), "--dry-run", "--format", "json")
    whole = json.loads(relief(*options, **environment(settings)).stdout)["tally"]
    part = json.loads(relief(*options, "--union", "DF", **environment(settings)).stdout)["tally"]
    assert 0 < part["imported"] < whole["imported"]
    assert relief(*options, "--union", "XX", **environment(settings)).returncode == 1


def test_the_sweep_says_what_it_did(app: Flask, settings: Settings) -> None:
    orphan = settings.blob_folder / "ab" / "cd" / f"abcd{'0' * 60}.12345678"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"left behind")
    os.utime(orphan, (0, 0))
    said = relief("sweep", **environment(settings))
    assert said.stdout == "0 jobs sent again, 1 files deleted.\n"
    assert not orphan.exists()


def test_a_chinese_terminal_gets_chinese(app: Flask, settings: Settings) -> None:
    for env in ({"LANG": "zh_CN.UTF-8"}, {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}):
        said = relief("--help", **env).stdout
        assert "用法" in said
        assert "Commands" not in said
    assert "Usage" in relief("--help", LANG="zh_CN.UTF-8", LC_ALL="C.UTF-8").stdout
