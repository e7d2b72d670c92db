"""What the control words of RTF stand for, as far as a reader needs them."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t", "line": "\n", "softline": "\n", "emdash": "\u2014", "endash": "\u2013",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "bullet": "\u2022",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}

ENDS = frozenset(("par", "page", "sect", "column"))

# groups whose text is the document's, though a star says that a reader may pass them over
READ_THOUGH_STARRED = frozenset(
    ("shpinst", "shppict", "shptxt", "ud", "moMath", "moMathPara", "footnote", "fldinst", "pn",
     "picprop", "listtable", "listoverridetable", "cs", "ts", "ds")
)  # fmt: skip
# groups whose text is no text of the document
SKIPPED = frozenset(
    ("colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl",
     "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
     "annotation", "atnid", "atnauthor", "atndate", "atnref", "atntime", "atrfstart", "atrfend",
     "bkmkstart", "bkmkend", "xe", "tc", "rxe", "txe", "objdata", "objclass", "objname", "objalias",
     "objsect", "nonshppict", "shprslt", "nonesttables", "nesttableprops", "themedata",
     "colorschememapping", "datastore", "latentstyles", "rsidtbl", "generator", "revtbl", "filetbl",
     "do", "pgdsctbl", "mmathPict", "background", "falt", "panose", "fname", "fontemb",
     "pntxta", "pntxtb", "levelnumbers", "listname", "docvar", "template", "userprops", "xmlnstbl",
     "private", "formfield", "datafield", "blipuid", "htmltag", "mhtmltag", "company", "operator",
     "category", "manager", "hlinkbase", "doccomm", "comment", "buptim", "printim")
)  # fmt: skip

# the character sets of fonts, and what Windows calls the code page of each
CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb2312", 81: "big5", 83: "mac_latin2",
    84: "cp1255", 85: "mac_greek", 86: "mac_turkish", 89: "mac_cyrillic", 128: "cp932",
    129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
