"""Which letters the machine's fonts can draw: a name of which a letter is missing would be printed with boxes."""

from __future__ import annotations

import unicodedata
from ctypes.util import find_library
from functools import cache
from typing import Any

from cffi import FFI

_ffi = FFI()
_ffi.cdef("""
    typedef struct FcConfig FcConfig;
    typedef struct FcPattern FcPattern;
    typedef struct FcCharSet FcCharSet;
    typedef struct { int nfont; int sfont; FcPattern **fonts; } FcFontSet;
    FcConfig *FcInitLoadConfigAndFonts(void);
    void FcConfigDestroy(FcConfig *config);
    FcFontSet *FcConfigGetFonts(FcConfig *config, int set);
    int FcPatternGetCharSet(const FcPattern *pattern, const char *object, int n, FcCharSet **charset);
    int FcCharSetMerge(FcCharSet *into, const FcCharSet *from, int *changed);
    FcCharSet *FcCharSetCreate(void);
    int FcCharSetHasChar(const FcCharSet *charset, unsigned int letter);
""")
_SYSTEM, _MATCH = 0, 0
# Spaces, joiners and the like have no shape of their own.
_SHAPELESS = ("Zs", "Cf", "Cc", "Zl", "Zp")


def missing(text: str) -> str:
    """Return the letters of a text that no font of this machine can draw, each once."""
    composed = unicodedata.normalize("NFC", text)
    letters = [letter for letter in composed if unicodedata.category(letter) not in _SHAPELESS]
    if all(letter.isascii() for letter in letters):
        return ""
    library, charset = _loaded()
    return "".join(
        dict.fromkeys(letter for letter in letters if not library.FcCharSetHasChar(charset, ord(letter)))
    )


@cache
def _loaded() -> tuple[Any, Any]:
    """Return fontconfig, and the letters of all fonts together. Read once: fonts are installed before the start."""
    library: Any = _ffi.dlopen(find_library("fontconfig") or "libfontconfig.so.1")
    config = library.FcInitLoadConfigAndFonts()
    everything = library.FcCharSetCreate()
    fonts = library.FcConfigGetFonts(config, _SYSTEM)
    found, changed = _ffi.new("FcCharSet **"), _ffi.new("int *")
    for number in range(fonts.nfont if fonts else 0):
        if library.FcPatternGetCharSet(fonts.fonts[number], b"charset", 0, found) == _MATCH:
            library.FcCharSetMerge(everything, found[0], changed)
    library.FcConfigDestroy(config)
    return library, everything
