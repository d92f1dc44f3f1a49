"""What readers of documents say beside their refusals: what something is, and what to look at in what was read.

All of it stands here, so that whoever shows it knows it without loading a reader.
"""

from sources.sayings import Saying

# What a file is, as "It is …, which is not read here." goes on.
ARCHIVE_IN_ARCHIVE = Saying("an archive inside an archive")
BINARY = Saying("binary data, not a text")
BZIP2 = Saying("a bzip2 archive")
DATABASE = Saying("a database")
GZIP_NO_WARC = Saying("a gzip archive that is no web archive")
OLD_OFFICE = Saying("an old or locked Office file")
OTHER_OFFICE = Saying("an office document or an e-book, but no DOCX")
PICTURE = Saying("a picture")
PICTURE_OR_RECORDING = Saying("a picture or a recording")
POSTSCRIPT = Saying("a PostScript file")
PROGRAM = Saying("a program")
RAR = Saying("a RAR archive")
RECORDING = Saying("a recording")
RICH_TEXT = Saying("a rich-text file (RTF)")
SEVEN_ZIP = Saying("a 7z archive")
XML = Saying("an XML file")
XZ = Saying("an xz archive")
ZIP = Saying("a ZIP archive")
ZSTD = Saying("a zstd archive")

# What a file begins like, or is locked as.
GZIP = Saying("gzip archive")
PDF = Saying("PDF")
WEB_PAGE = Saying("web page")
WEB_ARCHIVE = Saying("web archive (WARC)")
WORD = Saying("Word document (.docx)")
LOCKED_WORD = Saying("Word document")
IN_CODING = Saying("%(what)s (%(coding)s)")

# What to do instead.
OPEN_PAGE = Saying("Bring the page itself, or paste the text.")
RECOGNISE = Saying("Type or paste the words, or run text recognition on it first.")
SAVE_AS = Saying("Save it as .docx or PDF, or paste the text.")
TRANSCRIBE = Saying("Type or paste a transcript.")
UNPACK = Saying("Unpack it and bring the document inside.")

# Files that are read, and have no text.
NOTHING_IN_PAGE = Saying("There is no text in this page. Check that the whole page was saved.")
NOTHING_IN_PDF = Saying(
    "There is no text in this PDF: it holds pictures of pages. Run text recognition on it, or type the words."
)
NOTHING_IN_WEB_ARCHIVE = Saying(
    "There is no page in this web archive, only other things. Archive the article’s page itself."
)
NOTHING_IN_WORD = Saying(
    "There is no text in this Word document. If it holds pictures of text, type or paste the words."
)
NOTHING_WITHOUT_SCRIPTS = Saying(
    "There is no text in this page: scripts may fill it when a browser shows it. "
    "Open it in a browser and paste the text."
)

# What to look at in what was read.
CHECK_PDF = Saying("Text from a PDF: check paragraphs, hyphens and quotation marks, and remove page headers.")
FOREIGN_ADDRESS = Saying("It names an address on another site as its own (%(url)s): ignored.")
GUESSED_ENCODING = Saying("The encoding is a guess (%(name)s): check accents and quotation marks.")
OTHER_LANGUAGE = Saying("It declares its language as %(said)s, but reads like %(seen)s.")
OTHER_PAGES = Saying("This archive holds %(others)s more pages: the first was read.")
UNWRAPPED = Saying("Its lines were broken at a fixed width: each paragraph was joined into one line.")
WHOLE_PAGE = Saying(
    "Its main text could not be told from the rest of the page: all of it was taken, remove what doesn’t belong."
)
