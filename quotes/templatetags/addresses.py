"""For every template: what is the same on all pages is written once.

`{% url %}` finds an address without arguments once, and `{% once %}` keeps what it holds.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_tag
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()


@lru_cache(maxsize=256)
def _address(name: str, _urlconf: str | None, _prefix: str) -> str:
    return reverse(name)


def address_of(name: str) -> str:
    """The address of a route without arguments."""
    return _address(name, get_urlconf(), get_script_prefix())


class Address(URLNode):
    """As Django's own, but for that memory."""

    def render(self, context: Context) -> str:
        """The address."""
        if self.args or self.kwargs or self.asvar:
            return super().render(context)
        return address_of(self.view_name.resolve(context))


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """`{% url 'name' %}`, with all that Django's takes."""
    node = url_tag(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


class Once(template.Node):
    """A part of the frame, which says the same in a language wherever the named values are the same.

    They are few, and none a reader's own.
    """

    def __init__(self, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.written: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The part, written anew where it wasn't yet; while somebody works on the code, always."""
        if settings.DEBUG:
            return self.nodelist.render(context)
        key = (
            get_language(),
            get_urlconf(),
            get_script_prefix(),
            *(str(value.resolve(context)) for value in self.values),
        )
        if key not in self.written:
            self.written[key] = mark_safe(str(self.nodelist.render(context)))  # noqa: S308 - rendered by the engine
        return self.written[key]


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once section %} … {% endonce %}`: what depends on the release, the language and the values named."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(values, nodelist)
