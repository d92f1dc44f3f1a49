"""What is said of files, rows and columns that are not imported: kept in English, shown in its reader's language."""

from sources.sayings import Saying

# Files
BINARY = Saying("It is binary data and no text. Bring CSV, an Excel workbook (.xlsx) or JSON Lines.")
DAMAGED_WORKBOOK = Saying(
    "It is a ZIP archive but no Excel workbook that can be read. Save it as .xlsx or CSV and bring it again."
)
EMPTY = Saying("There is nothing in it.")
GARBLED = Saying("Its characters can’t be read. Save it as UTF-8 and bring it again.")
GONE = Saying("Its file is gone. Bring it once more.")
LARGE = Saying(
    "It is larger than %(limit)s, the most that can be uploaded. Pack it with gzip, bring it in parts, or use "
    "manage.py import_statements."
)
LARGE_WORKBOOK = Saying("This workbook is larger than %(limit)s. Save the sheet as CSV and bring that.")
LONG_LINE = Saying("Line %(line)s is longer than %(limit)s MB.")
NO_CSV = Saying("Line %(line)s can’t be read as CSV: %(why)s.")
NO_HEAD = Saying("Its first row is empty. It must name the columns: words, speaker, …")
NO_OBJECTS = Saying("No line of it is a JSON object. JSON Lines has an object on each line.")
NO_ROWS = Saying("There are no rows in it.")
NOT_IMPORTED = Saying("It is %(what)s. CSV, Excel workbooks (.xlsx) and JSON Lines are imported here.")
NOT_UTF_8 = Saying(
    "It is not UTF-8, and was read as Windows-1252. Check accents and quotation marks in the rows below."
)
SAME_HEADS = Saying("Two columns are called “%(head)s”. Give each its own name.")
TOO_MANY_COLUMNS = Saying("It has %(columns)s columns; at most %(most)s are read.")
TOO_MANY_ROWS = Saying("It has more than %(most)s rows. Bring it in parts.")
UNEXPECTED = Saying("It could not be imported, for a reason that nobody foresaw; the log tells more.")
UNPACKED = Saying("It can’t be unpacked: it is cut off or damaged. Get it again.")
A_PARQUET = Saying("a Parquet file (save it as CSV or JSON Lines)")
A_PDF = Saying("a PDF")
OLD_EXCEL = Saying("an old or locked Excel file (save it as .xlsx or CSV)")
WEB_PAGE = Saying("a web page or XML")

# Stages
NAMELESS = Saying("A template needs a name.")
NO_REASON = Saying("Say why: the reason is public where statements were.")
NOTHING_TELLS = Saying("Nothing tells: %(names)s.")
NOTHING_TO_UNDO = Saying("Only what was imported can be undone, and only once.")
OVERTAKEN = Saying("Somebody was faster: look at it again.")
TOO_MANY_TEMPLATES = Saying("You keep %(most)s templates, which is the most. Delete one first.")
UNDO_INSTEAD = Saying("Something of it is on record: undo it instead.")

# Rows
CELLS_BEYOND = Saying("It has %(cells)s cells; the first row names %(columns)s columns.")
CELLS_MISSING = Saying("It has %(cells)s cells of %(columns)s: a quotation mark or a line break may be out of place.")
LINE_NO_OBJECT = Saying("This line is no JSON object.")
LINE_NOT_UTF_8 = Saying("This line is not UTF-8.")
NO_SPEAKER = Saying("Quotebank names nobody as its speaker.")
UNSURE_SPEAKER = Saying("Quotebank is not sure of its speaker: %(probability)s of 1.")

# Cells
ANOTHER_DATE = Saying("The same document is dated %(date)s, on record or further up.")
ANOTHER_OUTLET = Saying("The same document is of %(outlet)s, on record or further up.")
AT_CHARACTER = Saying("%(why)s, at character %(position)s.")
LONG = Saying("It is %(number)s characters long; the limit is %(most)s.")
LONG_PART = Saying("One is %(number)s characters long; the limit is %(most)s.")
LONG_WORDS = Saying("They are %(number)s characters long; the limit is %(most)s.")
MANY_PARTS = Saying("There are %(number)s of them; the limit is %(most)s.")
NEEDS_LAST_DAY = Saying("It needs a last day: write /2022-12-04 for “by then”.")
NO_ADDRESS = Saying("It is no web address. Write a whole one: https://…")
NO_DATE = Saying(
    "“%(text)s” is not a date the record can keep: %(why)s. Write 2022-12-03, 2022-12, 2022, 2022-12? (uncertain), "
    "2022-12~ (about), 2022-12-03/2022-12-05 (between) or /2022-12-04 (not after)."
)
NO_DOCUMENT = Saying("No document on record has this id.")
NO_LANGUAGE = Saying("“%(text)s” is no language tag: write en, fr, uk, pt-BR or zh-Hant.")
NO_OUTLET = Saying("Neither an outlet nor a web address tells who published it.")
NO_PUBLICATION = Saying("There is nothing here: when was it published?")
NO_WIKIDATA = Saying("It is no Wikidata id: write Q3052772.")
NO_WORDS = Saying("There are no words.")
NOT_ONE_OF = Saying("It is one of: %(known)s.")
NOTHING = Saying("There is nothing here.")
SAID_LATER = Saying("Said %(said)s, but it was published %(published)s already: check both dates.")
SAYS_NO = Saying("It says no, but the row tells of a translator or another language.")
SEVERAL_OUTLETS = Saying("%(number)s outlets on record have this name: give the slug of one.")
SEVERAL_SPEAKERS = Saying("%(number)s speakers on record have this name: give the slug of one.")
TOO_MANY_STOPS = Saying("A relay chain has at most %(most)s stops.")
WORDS_TOO_LONG = Saying("The words are %(number)s characters long; the limit is %(most)s.")
YES_OR_NO = Saying("It is yes or no.")

# What is there already
DRAFT = Saying("It is a draft already")
ON_RECORD = Saying("It is on record")
RETRACTED = Saying("It is on record, retracted")
ROW_HAS_IT = Saying("Row %(row)s has it")
QUOTATION_HAS_IT = Saying("Row %(row)s, quotation %(part)s, has it")
STANDS = Saying("%(why)s.")
OTHER_DAY = Saying("%(why)s with the same words from the same document, and another date.")
OTHER_SPEAKER = Saying("%(why)s with the same words from the same document, and another speaker.")
OTHER_WORDS = Saying("The statement with this id has other words or another speaker.")
SAME_ID = Saying("Row %(row)s has this id already.")
WAS_RETRACTED = Saying("It was on record, and was retracted.")

# What is left when an import is undone
CHANGED = Saying("The draft was changed since.")
IS_ALREADY = Saying("It is %(what)s already.")
IS_BY_NOW = Saying("It was a draft, and is %(what)s by now.")
LINKED = Saying("The draft was linked or found again since.")
MERGED = Saying("Another statement was merged into it since.")
WAS_SINCE = Saying("It was %(acts)s since.")
