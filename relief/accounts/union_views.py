"""How is the tree of unions seen and kept on screen?"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.accounts import unions as tree
from relief.accounts.blueprint import blueprint
from relief.accounts.forms import AliasForm, NewUnionForm, UnionForm
from relief.accounts.models import Union
from relief.accounts.queries import get_union, list_unions
from relief.accounts.user_queries import list_aliases, list_all_unions
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.get("/unions")
@requires("union.manage", "user.manage")
def unions() -> ResponseReturnValue:
    """The tree, open and closed unions."""
    return render_template("accounts/unions.html", unions=list_all_unions(by=actor()))


@blueprint.route("/unions/new", methods=["GET", "POST"])
@requires("union.manage")
def new_union() -> ResponseReturnValue:
    """Add a union below another one."""
    above = [(str(one.id), one.name) for one in list_unions(by=actor()) if one.level != "group"]
    form = NewUnionForm(choices={"parent_id": above}, parent_id=request.args.get("below"))

    def act() -> Union:
        made = tree.create_union(
            name=form.name.data or "", short_name=form.short_name.data or "", code=form.code.data or "",
            parent_id=int(form.parent_id.data or 0), phone=form.phone.data or None,
            address=form.address.data or None, area=form.area.data or None,
            aliases=(form.name.data or "", form.short_name.data or ""), by=actor(),
        )  # fmt: skip
        flash(_("%(union)s is added.", union=made.name), "good")
        return made

    return answer(
        form, act, then=url_for("accounts.unions"),
        page=lambda: render_template("accounts/new_union.html", form=form),
    )  # fmt: skip


@blueprint.route("/unions/<int:union_id>", methods=["GET", "POST"])
@requires("union.manage")
def union(union_id: int) -> ResponseReturnValue:
    """Change what is known of a union."""
    found = get_union(union_id, by=actor())
    form = UnionForm(obj=found)

    def act() -> None:
        tree.change_union(
            found.id, version=form.version.data, name=form.name.data or "", short_name=form.short_name.data or "",
            phone=form.phone.data or None, address=form.address.data or None, area=form.area.data or None,
            by=actor(),
        )  # fmt: skip
        flash(_("Saved."), "good")

    return answer(form, act, then=url_for("accounts.unions"), page=lambda: _union_page(form, found, AliasForm()))


@blueprint.post("/unions/<int:union_id>/aliases/add")
@requires("union.manage")
def add_alias(union_id: int) -> ResponseReturnValue:
    """Add another spelling of the union's name."""
    found, aliases = get_union(union_id, by=actor()), AliasForm()
    form = UnionForm(formdata=None, obj=found)
    back = url_for("accounts.union", union_id=union_id)
    return answer(
        aliases, lambda: tree.add_alias(union_id, aliases.alias.data or "", by=actor()), then=back,
        page=lambda: _union_page(form, found, aliases),
    )  # fmt: skip


@blueprint.post("/unions/<int:union_id>/aliases/<int:alias_id>/remove")
@requires("union.manage")
def remove_alias(union_id: int, alias_id: int) -> ResponseReturnValue:
    """Remove another spelling."""
    tree.remove_alias(union_id, alias_id, by=actor())
    return redirect(url_for("accounts.union", union_id=union_id), 303)


@blueprint.post("/unions/<int:union_id>/close")
@requires("union.manage")
def close_union(union_id: int) -> ResponseReturnValue:
    """Take a union out of every choice."""
    closed = tree.close_union(union_id, by=actor())
    flash(_("%(union)s is closed.", union=closed.name), "good")
    return redirect(url_for("accounts.unions"), 303)


@blueprint.post("/unions/<int:union_id>/open")
@requires("union.manage")
def open_union(union_id: int) -> ResponseReturnValue:
    """Bring a closed union back."""
    opened = tree.open_union(union_id, by=actor())
    flash(_("%(union)s is open again.", union=opened.name), "good")
    return redirect(url_for("accounts.unions"), 303)


def _union_page(form: UnionForm, found: Union, aliases: AliasForm) -> str:
    return render_template(
        "accounts/union.html", form=form, union=found, aliases=list_aliases(found.id), alias_form=aliases
    )
