"""`{% url %}` for every template: an address without arguments, like those in the frame of each page, is found once."""

from functools import lru_cache

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_tag
from django.urls import get_script_prefix, get_urlconf, reverse

register = template.Library()


@lru_cache(maxsize=256)
def _address(name: str, _urlconf: str | None, _prefix: str) -> str:
    return reverse(name)


class Address(URLNode):
    """As Django's own, but for that memory."""

    def render(self, context: Context) -> str:
        """The address."""
        if self.args or self.kwargs or self.asvar:
            return super().render(context)
        return _address(self.view_name.resolve(context), get_urlconf(), get_script_prefix())


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """`{% url 'name' %}`, with all that Django's takes."""
    node = url_tag(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
