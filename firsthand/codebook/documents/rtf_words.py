"""Control words of RTF 1.9.1 that matter for text: what is no text, what stands for a sign."""

NOT_WORDS = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr",
    "headerf", "footer", "footerl", "footerr", "footerf", "footnote", "annotation", "atnid",
    "atnauthor", "nonshppict", "fldinst", "listtable", "listoverridetable", "rsidtbl", "xe", "tc",
    "themedata", "colorschememapping", "datastore", "latentstyles", "generator", "deleted",
    "pntext", "listtext", "template", "do", "private", "revtbl", "filetbl",
}  # fmt: skip
TEXTS = {
    "tab": "\t", "cell": "\t", "nestcell": "\t", "emdash": "\u2014", "endash": "\u2013",
    "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
LINES = {"par", "line", "row", "nestrow", "page", "sect", "column"}
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
