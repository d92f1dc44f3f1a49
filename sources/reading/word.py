"""Reading DOCX: paragraphs in order, tracked insertions included, deletions left out."""

import zipfile
from io import BytesIO
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from sources.reading import remarks
from sources.reading.errors import Damaged, NoText
from sources.reading.results import Found

_WHAT = remarks.WORD
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}
# A drawing stands twice in the file, once for old programs; a moved paragraph stands where it was, too.
_LEFT_OUT = [qn(name) for name in ("w:moveFrom", "w:del", "w:drawing", "w:pict", "w:instrText")] + [
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
]


def read(data: bytes) -> Found:
    """Read a DOCX whose unpacked size has been checked. Raises Damaged, NoText."""
    try:
        opened = docx.Document(BytesIO(data))
        paragraphs = [_paragraph(element) for element in opened.element.body.iter(qn("w:p"))]
        properties = opened.core_properties
        found = Found(
            text="\n".join(filter(None, (paragraph.strip() for paragraph in paragraphs))),
            title=properties.title or "",
            author=properties.author or "",
            language=properties.language or "",
        )
    except (OpcError, etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError) as error:
        raise Damaged(_WHAT) from error
    if not found.text:
        raise NoText(remarks.NOTHING_IN_WORD)
    return found


def _paragraph(element: Any) -> str:
    """The text of one paragraph, without that of paragraphs inside its drawings: these come by themselves."""
    pieces = []
    walk = etree.iterwalk(element, events=("start",))
    for _, part in walk:
        if part.tag in _LEFT_OUT or (part.tag == qn("w:p") and part is not element):
            walk.skip_subtree()
        elif part.tag == qn("w:t"):
            pieces.append(part.text or "")
        else:
            pieces.append(_BREAKS.get(part.tag, ""))
    return "".join(pieces)
