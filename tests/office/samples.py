"""Small files of every kind, made here, as people attach them."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(300) + b"PE\x00\x00" + bytes(200)
OLD_WORD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
TEXT = "ข้อเท็จจริงโดยสังเขป\n๑. วันที่ ๑ พฤศจิกายน ๒๕๕๒".encode()
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def picture(form: str) -> bytes:
    """A red square as PNG, JPEG, WEBP or GIF."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, form)
    return buffer.getvalue()


def archive(**parts: str) -> bytes:
    """A zip with these parts; `__` in a name stands for a slash, and `types` for [Content_Types].xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            path = "[Content_Types].xml" if name == "types" else name.replace("__", "/")
            packed.writestr(path, content)
    return buffer.getvalue()


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """A file as a browser sends it; what it says of the type is not believed."""
    return SimpleUploadedFile(name, content, content_type)
