"""Small real sound files, made byte by byte from the formats' own descriptions."""

import math
import struct
import wave
from io import BytesIO

import mutagen.apev2
import mutagen.flac
import mutagen.id3
import mutagen.mp3
import mutagen.mp4
import mutagen.oggopus
import mutagen.oggvorbis

PLANTED = "planted-words"
GRAM = PLANTED.encode()
PLACE = b"+51.5007-000.1246/"  # as a phone writes where it was


def wav(seconds: float = 0.2) -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        tone = (int(9000 * math.sin(i / 3)) for i in range(int(8000 * seconds)))
        sound.writeframes(b"".join(struct.pack("<h", s) for s in tone))
    return made.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def wav_with_notes() -> bytes:
    plain = wav()
    notes = chunk(b"LIST", b"INFO" + chunk(b"IART", GRAM)) + chunk(b"bext", GRAM.ljust(602, b"\0"))
    notes += chunk(b"id3 ", b"ID3" + GRAM) + chunk(b"iXML", b"<GPS>" + PLACE)
    body = plain[8:12] + notes + plain[12:] + notes
    return chunk(b"RIFF", body)


MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz, silent


def mp3(frames: int = 40) -> bytes:
    return MP3_FRAME * frames


def mp3_info_frame(frames: int) -> bytes:
    told = b"Info" + struct.pack(">III", 3, frames, frames * 417) + b"LAME" + GRAM
    return (b"\xff\xfb\x90\x00" + bytes(32) + told).ljust(417, b"\0")


def mp3_with_notes() -> bytes:
    made = BytesIO(mp3_info_frame(40) + mp3())
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.TPE1(text=PLANTED))
    tags.add(mutagen.id3.GEOB(desc=PLANTED, data=PLACE))
    tags.add(mutagen.id3.APIC(mime="image/jpeg", data=GRAM * 20))
    tags.save(made, v1=2)
    made.seek(0)
    more = mutagen.apev2.APEv2()
    more["Artist"] = PLANTED
    more.save(made)
    return made.getvalue()


def box(kind: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind: bytes, *bodies: bytes) -> bytes:
    return box(kind, bytes(4), *bodies)


AAC_FRAMES = [bytes([0x21, n % 256]) + bytes(20) for n in range(30)]
STAMP = struct.pack(">II", 3_800_000_000, 3_800_000_000)  # seconds since 1904
MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
ESDS = full(
    b"esds",
    bytes.fromhex("0319000000041140150000000001f4000001f400050212100601 02".replace(" ", "")),
)


def track(number: int, handler: bytes, tables: bytes) -> bytes:
    entry = box(
        b"mp4a", bytes(6), b"\0\1", bytes(8), b"\0\1\0\x10", bytes(4), b"\xac\x44\0\0", ESDS
    )
    stbl = box(b"stbl", full(b"stsd", b"\0\0\0\1", entry), tables)
    head = full(b"tkhd", STAMP, struct.pack(">II", number, 0), bytes(52) + MATRIX[:8])
    source = full(b"dref", b"\0\0\0\1", box(b"url ", b"\0\0\0\1"))
    media = box(
        b"mdia",
        full(b"mdhd", STAMP, struct.pack(">II", 44100, 30720), b"\x55\xc4\0\0"),
        full(b"hdlr", b"mhlr", handler, b"appl", bytes(8), GRAM),
        box(b"minf", full(b"smhd", bytes(4)), box(b"dinf", source), stbl),
    )
    return box(b"trak", head, media, box(b"udta", box(b"name", GRAM)))


def tables(offset: int, sizes: list[int]) -> bytes:
    return b"".join(
        (
            full(b"stts", struct.pack(">III", 1, len(sizes), 1024)),
            full(b"stsc", struct.pack(">IIII", 1, 1, len(sizes), 1)),
            full(
                b"stsz", struct.pack(">II", 0, len(sizes)), struct.pack(f">{len(sizes)}I", *sizes)
            ),
            full(b"stco", struct.pack(">II", 1, offset)),
        )
    )


def m4a(handler: bytes = b"soun") -> bytes:
    """An M4A whose store holds the sound and, behind it, samples of a track of places."""
    ftyp = box(b"ftyp", b"M4A ", bytes(4), b"M4A mp42", b"PLAN")
    sound, places = b"".join(AAC_FRAMES), PLACE * 3
    store = box(b"mdat", sound, places, GRAM)
    at = len(ftyp) + 8
    movie = full(b"mvhd", STAMP, struct.pack(">II", 1000, 700), bytes(80))
    where = box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE)
    moov = box(
        b"moov",
        movie,
        track(1, handler, tables(at, [len(f) for f in AAC_FRAMES])),
        track(2, b"meta", tables(at + len(sound), [len(PLACE)] * 3)),
        box(b"udta", where, full(b"loci", GRAM, PLACE)),
        box(b"uuid", bytes(16), GRAM),
    )
    return ftyp + store + moov + box(b"free", GRAM)


def m4a_with_notes() -> bytes:
    made = BytesIO(m4a())
    tags = mutagen.mp4.MP4(made)
    tags["\xa9nam"] = tags["\xa9ART"] = tags["\xa9too"] = PLANTED
    tags["covr"] = [mutagen.mp4.MP4Cover(GRAM * 10)]
    made.seek(0)
    tags.save(made)
    return made.getvalue()


def m4a_in_fragments(handler: bytes = b"soun") -> bytes:
    """An M4A as a browser records it: an empty movie, then the sound in fragments."""
    empty = tables(0, [])
    trex = full(b"trex", struct.pack(">IIIII", 1, 1, 1024, 0, 0))
    movie = full(b"mvhd", STAMP, struct.pack(">II", 1000, 0), bytes(80))
    moov = box(b"moov", movie, track(1, handler, empty), box(b"mvex", trex))
    made = box(b"ftyp", b"iso5", bytes(4), b"iso5") + moov
    for number, frame in enumerate(AAC_FRAMES):
        made += fragment(number, frame)
    return made


def fragment(number: int, frame: bytes) -> bytes:
    def moof(offset: int) -> bytes:
        run = box(b"trun", b"\0\0\2\1", struct.pack(">IiI", 1, offset, len(frame)))
        head = box(b"tfhd", b"\0\2\0\0", struct.pack(">I", 1))
        return box(b"moof", full(b"mfhd", struct.pack(">I", number)), box(b"traf", head, run))

    store = box(b"mdat", frame, GRAM)
    return moof(len(moof(0)) + 8) + store + box(b"uuid", bytes(16), PLACE)


def crc(content: bytes, polynomial: int, bits: int) -> int:
    rest = 0
    for byte in content:
        rest ^= byte << (bits - 8)
        for _ in range(8):
            rest = rest << 1 ^ (polynomial if rest >> (bits - 1) & 1 else 0)
        rest &= (1 << bits) - 1
    return rest


def ogg_page(packets: list[bytes], number: int, flags: int, time: int, serial: int = 7) -> bytes:
    lacing = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    head = b"OggS\0" + bytes([flags]) + struct.pack("<qII", time, serial, number)
    tail = bytes([len(lacing)]) + lacing + b"".join(packets)
    checksum = crc(head + bytes(4) + tail, 0x04C11DB7, 32)
    return head + struct.pack("<I", checksum) + tail


OPUS_PACKETS = [bytes([0x78, n]) + bytes(40) for n in range(30)]


def opus() -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48000, 0, 0)
    maker = b"OpusTags" + struct.pack("<I", len(GRAM)) + GRAM + bytes(4)
    sound = [
        ogg_page([packet], n + 2, 4 if n == 29 else 0, 960 * (n + 1))
        for n, packet in enumerate(OPUS_PACKETS)
    ]
    return ogg_page([head], 0, 2, 0) + ogg_page([maker], 1, 0, 0) + b"".join(sound)


def opus_with_notes() -> bytes:
    made = BytesIO(opus())
    tags = mutagen.oggopus.OggOpus(made)
    tags["artist"] = tags["location"] = PLANTED
    tags["metadata_block_picture"] = PLANTED * 8000  # over several pages
    made.seek(0)
    tags.save(made)
    return made.getvalue()


def vorbis_with_notes() -> bytes:
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 44100, 0, 64000, 0, 0xB8, 1)
    said = b"artist=" + GRAM
    comments = b"\x03vorbis" + struct.pack("<I", len(GRAM)) + GRAM
    comments += struct.pack("<II", 1, len(said)) + said + b"\x01"
    setup = b"\x05vorbis" + bytes(600)
    sound = ogg_page(OPUS_PACKETS, 2, 4, 44100)
    return ogg_page([head], 0, 2, 0) + ogg_page([comments, setup], 1, 0, 0) + sound


def flac(frames: int = 5) -> bytes:
    """FLAC of silence: each frame one constant subframe, 192 samples, 44.1 kHz, 16 bits, mono."""
    rate = 44100 << 44 | 0 << 41 | 15 << 36 | frames * 192
    measures = struct.pack(">HH", 192, 192) + bytes(6) + rate.to_bytes(8, "big") + bytes(16)
    return b"fLaC\x80\x00\x00\x22" + measures + b"".join(map(flac_frame, range(frames)))


def flac_frame(number: int) -> bytes:
    head = bytes([0xFF, 0xF8, 0x19, 0x08, number])
    body = head + bytes([crc(head, 0x07, 8)]) + b"\0\0\0"  # a constant subframe of the sample 0
    return body + crc(body, 0x8005, 16).to_bytes(2, "big")


def flac_with_notes() -> bytes:
    made = BytesIO(flac())
    tags = mutagen.flac.FLAC(made)
    tags["artist"] = PLANTED
    cover = mutagen.flac.Picture()
    cover.data = GRAM * 10
    tags.add_picture(cover)
    made.seek(0)
    tags.save(made)
    return made.getvalue()


def element(name: int, *bodies: bytes, unknown: bool = False) -> bytes:
    body = b"".join(bodies)
    head = name.to_bytes((name.bit_length() + 7) // 8, "big")
    length = b"\x01" + b"\xff" * 7 if unknown else (len(body) | 1 << 56).to_bytes(8, "big")
    return head + length + body


def webm(kind: int = 2, unknown: bool = False, extra: bytes = b"") -> bytes:
    """WebM with Opus, as a browser records it when `unknown`, with every sort of note."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 312, 48000, 0, 0)
    start = element(0x1A45DFA3, element(0x4282, b"webm"), element(0x4287, b"\x04"))
    info = element(
        0x1549A966,
        element(0x2AD7B1, b"\x0f\x42\x40"),
        element(0x4D80, GRAM),
        element(0x5741, GRAM),
        element(0x7BA9, GRAM),
        element(0x4461, bytes(8)),
    )
    named = element(0x536E, GRAM)
    one = element(0xAE, element(0xD7, b"\1"), element(0x83, bytes([kind])), named,
                  element(0x86, b"A_OPUS"), element(0x63A2, head),
                  element(0xE1, element(0x9F, b"\1")))  # fmt: skip
    tags = element(0x1254C367, element(0x7373, element(0x67C8, element(0x45A3, GRAM), PLACE)))
    clusters = b"".join(
        element(0x1F43B675, element(0xE7, bytes([n])), *blocks, unknown=unknown)
        for n in range(3)
        for blocks in [[element(0xA3, b"\x81\0\0\x80" + packet) for packet in OPUS_PACKETS]]
    )
    files = element(0x1941A469, element(0x61A7, element(0x465C, GRAM)))
    segment = (info, element(0x1654AE6B, one), extra, clusters, tags, files)
    return start + element(0x18538067, *segment, unknown=unknown)
