"""A show, read back: its slides with their words and charts, and what else stands in its file."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

SIZE = re.compile(r"\bs(\d+)\b")


@dataclass
class SlideRead:
    """A slide as it stands in the file.

    Attributes:
        sizes: the sizes of its words' letters, in units of which a slide is 1,080 high.
        light: the words of its chart for light paper.
        dark: the words of its chart for dark paper.
    """

    key: str
    label: str
    headline: str = ""
    said: list[str] = field(default_factory=list)
    source: str = ""
    notes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    light: list[str] = field(default_factory=list)
    dark: list[str] = field(default_factory=list)
    code: str = ""


@dataclass
class ShowRead:
    """A show as it stands in its file.

    Attributes:
        tags: every element by its name, with its attributes.
        scripts: the text of its scripts.
        styles: the text of its styles.
    """

    slides: list[SlideRead] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.read = ShowRead()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.read.tags.append((tag, given))
        slide = self.read.slides[-1] if self.read.slides else None
        if tag == "section" and "data-key" in given:
            self.read.slides.append(SlideRead(given["data-key"], given["aria-label"]))
        elif slide is not None:
            self._note(slide, tag, given)
        if tag not in {"meta", "link", "br", "hr"}:
            self._open.append((tag, given))
            self._text = ""

    def _note(self, slide: SlideRead, tag: str, given: dict[str, str]) -> None:
        if size := SIZE.search(given.get("class", "")):
            slide.sizes.append(float(size[1]))
        if tag == "text":
            slide.sizes.append(float(given["font-size"].rstrip("px")))
        if tag == "path" and self._within("code"):
            slide.code = slide.code or given.get("d", "")
        if given.get("class") == "chart":
            slide.words.append(given["aria-label"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        text = self._text.strip()
        if tag in {"script", "style"}:
            (self.read.scripts if tag == "script" else self.read.styles).append(self._text)
        elif self.read.slides and text:
            self._put(self.read.slides[-1], tag, text)
        while self._open and self._open.pop()[0] != tag:
            pass
        self._text = ""

    def _put(self, slide: SlideRead, tag: str, text: str) -> None:
        if tag in {"text", "tspan"}:
            (slide.dark if self._within("on-dark") else slide.light).append(text)
        elif self._within("notes"):
            slide.notes.append(text)
        elif tag == "h2":
            slide.headline = text
        elif tag == "li" and self._within("said"):
            slide.said.append(text)
        elif tag == "p" and self._within("source"):
            slide.source = text

    def _within(self, name: str) -> bool:
        return any(name in given.get("class", "").split() for _, given in self._open)


def read_show(made: bytes) -> ShowRead:
    """Read a show's file."""
    reader = _Reader()
    reader.feed(made.decode())
    reader.close()
    return reader.read
