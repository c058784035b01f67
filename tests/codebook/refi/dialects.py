"""Small projects as other programs write them, each with its ways. Made up, word for word.

What is known of these ways comes from the standard, from public descriptions, and from what people
tell in the trackers of programs that read such files; no project of anyone is copied.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from firsthand.codebook.refi.values import PROJECT

MARK = b"\xef\xbb\xbf"
ADA, BEN = "AD68FBE7-E1EE-4A82-A279-23CC698C89EB", "b0b0b0b0-1111-4111-8111-111111111111"
HARM, SHAME, CASE = (f"{each}0000000-2222-4222-8222-222222222222" for each in "cde")
TEXT, OTHER, MEMO, ONE, TWO, THREE, FOUR, FIVE, LINK, AGE, GROUP, GRAPH = (
    f"{number:08d}-3333-4333-8333-333333333333" for number in range(12)
)
# With letters of one, two and four bytes, a combining accent and an emoji of two code points.
CLOSED = "The cafe\u0301 \U0001f3f3\ufe0f closed."
SAID = f"Nobody asked me.\n{CLOSED} \u0642\u0627\u0644\u064e \u0644\u064a: wait.\nThey laughed."


def place(words: str, text: str = SAID, *, wide: bool = False) -> tuple[int, int]:
    """Where words stand: in code points, or as a program counts that thinks in UTF-16."""
    at = text.index(words)
    if not wide:
        return at, at + len(words)
    before = len(text[:at].encode("utf-16-le")) // 2
    return before, before + len(words.encode("utf-16-le")) // 2


def at(words: str, text: str = SAID, *, wide: bool = False) -> str:
    start, end = place(words, text, wide=wide)
    return f'startPosition="{start}" endPosition="{end}"'


def coding(guid: str, code: str, user: str = ADA) -> str:
    return f'<Coding guid="{guid}" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>'


def box(qde: bytes | str, files: Mapping[str, bytes], inside: str = "project.qde") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(inside, qde)
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def nvivo() -> bytes:
    """A folder in large letters, texts as Word and plain with mark and Windows line ends, notes on
    words by links, cases put on words like codes, empty names and descriptions."""
    text = SAID.replace("\n", "\r\n")
    return box(
        f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns:xsd="http://www.w3.org/2001/XMLSchema" name="Talks" origin="NVivo for Windows 14"
 creatingUserGUID="{BEN}" creationDateTime="2025-02-21T15:09:07Z" basePath="" xmlns="{PROJECT}">
<Users><User guid="{BEN}" name="NV" /></Users>
<CodeBook><Codes><Code guid="{HARM}" name="Harm" isCodable="true"><Description />
<Code guid="{SHAME}" name="Shame" isCodable="true" color="A3347F" /></Code></Codes></CodeBook>
<Variables><Variable guid="{AGE}" name="Age" typeOfVariable="Text"><Description /></Variable>
</Variables>
<Cases><Case guid="{CASE}" name="Rosa"><Description /><VariableValue>
<VariableRef targetGUID="{AGE}" /><TextValue>40 to 49</TextValue></VariableValue></Case></Cases>
<Sources><TextSource guid="{TEXT}" name="Talk 1" richTextPath="internal://{TEXT}.docx"
 plainTextPath="internal://{TEXT}.txt" creatingUser="{BEN}">
<PlainTextSelection guid="{ONE}" name="" {at("Nobody asked me.", text)} creatingUser="{BEN}"
 creationDateTime="2025-02-21T15:10:00Z"><Description />{coding(FOUR, HARM, BEN)}
{coding(FIVE, CASE, BEN)}</PlainTextSelection>
<PlainTextSelection guid="{TWO}" name="" {at("laughed", text)} creatingUser="{BEN}">
<Description /></PlainTextSelection>
<PlainTextSelection guid="{THREE}" name="" startPosition="0" endPosition="{len(text)}"
 creatingUser="{BEN}">{coding(GROUP, CASE, BEN)}</PlainTextSelection></TextSource></Sources>
<Notes><Note guid="{MEMO}" name="Annotation" plainTextPath="internal://{MEMO}.txt" /></Notes>
<Links><Link guid="{LINK}" direction="OneWay" originGUID="{MEMO}" targetGUID="{TWO}" /></Links>
</Project>""",
        {
            f"Sources/{TEXT}.txt": MARK + text.encode(),
            f"Sources/{TEXT}.docx": b"PK word",
            f"Sources/{MEMO}.txt": MARK + "She looks away \U0001f622".encode(),
        },
    )


def maxqda() -> bytes:
    """Attributes in an order of its own, what variables say on the source itself, stretches with a
    comment and no code, places for names, a PDF and a picture with areas, a weblink."""
    return box(
        f"""<?xml version="1.0" encoding="utf-8"?>
<Project origin="MAXQDA 24 (Release 24.7.0)" modifiedDateTime="2025-05-05T11:39:59Z"
 xsi:schemaLocation="{PROJECT} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
 name="Study" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="{PROJECT}">
<Users><User name="ada" guid="{ADA}"/></Users>
<CodeBook><Codes><Code isCodable="true" name="Harm" color="#ff0000" guid="{HARM.upper()}">
<Description>What hurt &amp; why</Description></Code>
<Code isCodable="false" name="Feelings" guid="{SHAME.upper()}"/></Codes></CodeBook>
<Variables><Variable typeOfVariable="Integer" guid="{AGE}" name="Age"/></Variables>
<Sources>
<TextSource plainTextPath="internal://{TEXT}.txt" creatingUser="{ADA}" guid="{TEXT}" name="Talk">
<PlainTextSelection {at("asked")} name="1,8" creatingUser="{ADA}" guid="{ONE}">
{coding(FOUR, HARM.upper())}</PlainTextSelection>
<PlainTextSelection {at(CLOSED)} name="2,1" guid="{TWO}"
 creatingUser="{ADA}"><Description>Only a comment</Description></PlainTextSelection>
<VariableValue><VariableRef targetGUID="{AGE}"/><IntegerValue>47</IntegerValue></VariableValue>
</TextSource>
<PictureSource path="internal://{OTHER}.jpg" name="Wall" guid="{OTHER}">
<PictureSelection firstX="1" firstY="2" secondX="30" secondY="40" name="p" guid="{THREE}">
{coding(FIVE, HARM)}</PictureSelection></PictureSource>
<PDFSource path="internal://{GROUP}.pdf" name="Letter" guid="{GROUP}">
<PDFSelection page="0" firstX="1" firstY="2" secondX="3" secondY="4" name="r" guid="{GRAPH}"/>
<Representation plainTextPath="internal://{MEMO}.txt" guid="{MEMO}" name="Letter">
<PlainTextSelection startPosition="0" endPosition="4" name="1,1" guid="{LINK}"
 creatingUser="{ADA}">{coding(CASE, HARM)}</PlainTextSelection></Representation></PDFSource>
</Sources></Project>""",
        {
            f"sources/{TEXT}.txt": SAID.encode(),
            f"sources/{OTHER}.jpg": b"\xff\xd8 no picture",
            f"sources/{GROUP}.pdf": b"%PDF-1.4 none",
            f"sources/{MEMO}.txt": b"Dear Rosa",
        },
    )


def atlas() -> bytes:
    """Line ends of Windows that count as one, two who code, comments as notes that are named,
    groups as sets, a net as a graph, moments to a ten-millionth of a second."""
    text = SAID.replace("\n", "\r\n")
    note = f'<NoteRef targetGUID="{MEMO}"/>'
    return box(
        f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="{PROJECT}" name="Net" origin="ATLAS.ti Win 24" creatingUserGUID="{ADA}"
 creationDateTime="2024-03-05T10:20:30.1234567Z">
<Users><User guid="{ADA}" name="ada"/><User guid="{BEN}" name="ben"/></Users>
<CodeBook><Codes><Code guid="{HARM}" name="Harm" isCodable="true">{note}</Code>
<Code guid="{SHAME}" name="Harm" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{TEXT}" name="D1" plainTextPath="internal://{TEXT}.txt">
<PlainTextSelection guid="{ONE}" name="They laughed" {at("They laughed")} creatingUser="{ADA}"
 creationDateTime="2024-03-05T10:20:30.1234567Z">{coding(FOUR, HARM)}{coding(FIVE, SHAME, BEN)}
{note}</PlainTextSelection></TextSource></Sources>
<Notes><Note guid="{MEMO}" name="Memo 1"><PlainTextContent>Look again</PlainTextContent></Note>
</Notes>
<Links><Link guid="{LINK}" name="is cause of" direction="OneWay" color="#00ff00"
 originGUID="{HARM}" targetGUID="{SHAME}"/></Links>
<Sets><Set guid="{GROUP}" name="Group"><MemberCode targetGUID="{HARM}"/>
<MemberSource targetGUID="{TEXT}"/></Set></Sets>
<Graphs><Graph guid="{GRAPH}" name="Net"><Vertex guid="{TWO}" representedGUID="{HARM}" firstX="1"
 firstY="1" secondX="2" secondY="2" shape="Oval"/></Graph></Graphs></Project>""",
        {f"sources/{TEXT}.txt": text.encode()},
    )


def in_utf_16() -> bytes:
    """A program that counts UTF-16, names stretches by their words, decomposes the names of files,
    parts folders with a backslash, and puts one around it all; the XML itself is in UTF-16."""
    words = "closed. \u0642\u0627\u0644\u064e"
    qde = f"""<?xml version="1.0" encoding="utf-16"?>
<Project xmlns="{PROJECT}" name="Wide" origin="Somewhere">
<CodeBook><Codes><Code guid="{{{HARM.upper()}}}" name="Harm" isCodable="1" color="#F00"/></Codes>
</CodeBook><Sources>
<TextSource guid="{TEXT}" name="T" plainTextPath="internal://Gespra\u0308ch%201.txt">
<PlainTextSelection guid="{ONE}" name="{escape(words)}" {at(words, wide=True)}>
<Coding guid="{FOUR}"><CodeRef targetGUID="{HARM}"/></Coding></PlainTextSelection></TextSource>
</Sources></Project>"""
    files = {"Mine\\Sources\\Gespr\u00e4ch 1.txt": SAID.encode("utf-16")}
    return box(qde.encode("utf-16"), files, "Mine\\Mine.qde")


def with_film() -> bytes:
    """A film that lies beside the file, with a transcript, moments in it, and what is marked."""
    first, last = place("They laughed")
    return box(
        f"""<Project xmlns="{PROJECT}" name="Film" origin="Transcriber 5">
<Users><User guid="{ADA}" name="ada"/></Users>
<CodeBook><Codes><Code guid="{HARM}" name="Harm" isCodable="true"/></Codes></CodeBook>
<Sources><VideoSource guid="{OTHER}" name="Film" path="relative:///film.m4a">
<Transcript guid="{TEXT}" name="Words" plainTextPath="internal://{TEXT}.txt">
<SyncPoint guid="{ONE}" timeStamp="1000" position="{first}"/>
<SyncPoint guid="{TWO}" timeStamp="2500" position="{last}"/>
<TranscriptSelection guid="{THREE}" fromSyncPoint="{ONE}" toSyncPoint="{TWO}"
 creatingUser="{ADA}">{coding(FOUR, HARM)}</TranscriptSelection></Transcript>
<VideoSelection guid="{FIVE}" begin="10" end="900" creatingUser="{ADA}">{coding(GROUP, HARM)}
</VideoSelection></VideoSource></Sources></Project>""",
        {f"sources/{TEXT}.txt": SAID.encode()},
    )
