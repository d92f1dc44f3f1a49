"""Links from where a term is met to its entry in the glossary. One that is not there fails when its page is made."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from quotes.field_help import Help, help_with
from quotes.glossary import UnknownTerm, term
from quotes.templatetags.addresses import address_of

register = template.Library()


def linked(key: str, shown: str, attributes: str = "") -> SafeString:
    """A term, as markup that is safe already, with the link to its entry. Raises UnknownTerm."""
    told = gettext("What this means")
    address = f"{address_of('glossary')}#{term(key).key}"
    return SafeString(f'<a class="term" rel="help" href="{address}" title="{told}"{attributes}>{shown}</a>')


class Met(template.Node):
    """A term where a reader first meets it on a page."""

    def __init__(self, key: str, nodelist: NodeList) -> None:
        self.key, self.nodelist = key, nodelist

    def render(self, context: Context) -> SafeString:
        """The link."""
        return linked(self.key, self.nodelist.render(context).strip())


@register.tag(name="term")
def met(parser: Parser, tag: Token) -> Met:
    """`{% term "origin" %}2 origins{% endterm %}`: what it holds, linked to that entry of the glossary."""
    _name, *given = tag.split_contents()
    key = given[0].strip("\"'") if len(given) == 1 else ""
    try:
        term(key)
    except UnknownTerm as error:
        raise TemplateSyntaxError(str(error)) from error
    nodelist = parser.parse(("endterm",))
    parser.delete_first_token()
    return Met(key, nodelist)


@register.inclusion_tag("glossary/_what_is.html")
def what_is(key: str) -> dict[str, Help]:
    """`{% what_is "stops" %}`: a question about a field, which opens to its answer."""
    return {"help": help_with(key)}
