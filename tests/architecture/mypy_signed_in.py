"""For mypy: in a page that is not public, `request.user` is a signed-in person.

Django's types say "a User or nobody" everywhere. Every view carries a policy (iris.core.policy, held by a test) and
all but `@public` ones let nobody in who is not signed in, so there the type is User and needs no cast.
"""

from collections.abc import Callable
from typing import Any

from mypy.nodes import Decorator, RefExpr, TypeInfo
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type

REQUEST_USER = {"django.http.request.HttpRequest.user", "rest_framework.request.Request.user"}
USER_MODULE, USER_CLASS = "iris.accounts.models.people", "User"
PUBLIC = "iris.core.policy.public"


def _in_public_view(api: Any) -> bool:
    function = api.scope.top_level_function()
    named = api.tree.names.get(function.name) if function else None
    node = named.node if named else None
    if not isinstance(node, Decorator):
        return False
    return any(isinstance(used, RefExpr) and used.fullname == PUBLIC for used in node.original_decorators)


def _person(context: AttributeContext) -> Type:
    api: Any = context.api
    module = api.modules.get(USER_MODULE)
    symbol = module.names.get(USER_CLASS) if module else None
    if symbol is None or not isinstance(symbol.node, TypeInfo) or _in_public_view(api):
        return context.default_attr_type
    return Instance(symbol.node, [])


class SignedIn(Plugin):
    """Answers for `request.user`."""

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """The type of the attribute, where it is a request's user."""
        return _person if fullname in REQUEST_USER else None


def plugin(version: str) -> type[Plugin]:
    """What mypy calls."""
    return SignedIn
