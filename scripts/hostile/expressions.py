"""Every regular expression of the program, found where it is kept: in its modules, its patterns, and its calls."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import regex

import tinhgon
from tinhgon.detect.patterns import PatternSet
from tinhgon.web.wording import LANGUAGES, Words

_MODULES = {"re": re, "regex": regex}
_TAKES = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
# What makes expressions of data, when it is called; each is asked for what it made, or makes none of its own.
_MAKERS = {
    "tinhgon.detect.patterns": "the patterns of the folder patterns/, taken from a loaded set",
    "tinhgon.detect.anchors": "makes what the modules that call it keep",
    "tinhgon.detect.people": "kept behind a cache, asked for by forms()",
    "tinhgon.store.review_exchange": "the words of a quote, escaped, with white space between them",
    "tinhgon.web.wording": "kept by the words of each language",
}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression by where it is found; ``pattern`` is that of ``re`` or of ``regex``."""

    where: str
    pattern: Any

    @property
    def source(self) -> str | bytes:
        return self.pattern.pattern  # type: ignore[no-any-return]


def expressions() -> list[Expression]:
    """Each expression once."""
    found: dict[tuple[type, str | bytes, int], Expression] = {}
    for one in (*_kept(), *_patterns(), *_called()):
        found.setdefault((type(one.pattern), one.source, one.pattern.flags), one)
    return list(found.values())


def modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(tinhgon.__path__, "tinhgon."):
        if not info.name.endswith("__main__"):
            yield importlib.import_module(info.name)


def _kept() -> Iterator[Expression]:
    from tinhgon.detect.people import forms

    for module in modules():
        for name, value in vars(module).items():
            yield from _inside(value, f"{module.__name__}.{name}")
    yield from _inside(forms(), "tinhgon.detect.people.forms()")
    for language in LANGUAGES:
        yield from _inside(vars(Words.of(language)), f"tinhgon.web.wording.Words.of({language!r})")


def _inside(value: Any, where: str, depth: int = 0) -> Iterator[Expression]:
    if isinstance(value, re.Pattern | regex.Pattern):
        yield Expression(where, value)
    elif depth > 5:
        return
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _inside(key, f"{where} key", depth + 1)
            yield from _inside(one, f"{where}[{key!r:.30}]", depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, one in enumerate(value):
            yield from _inside(one, f"{where}[{number}]", depth + 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name, None), f"{where}.{field.name}", depth + 1)


def _patterns() -> Iterator[Expression]:
    for pattern in PatternSet.load().patterns:
        yield Expression(f"patterns/ {pattern.id}", pattern.expression)


def _called() -> Iterator[Expression]:
    """Expressions written out in a call: ``re.search(r"...", text)``."""
    for module, call in _calls():
        if isinstance(call.func, ast.Attribute) and call.args and isinstance(call.args[0], ast.Constant):
            library = _MODULES[call.func.value.id]  # type: ignore[attr-defined]
            flags = [_flags(argument) for argument in call.args[2:] + [k.value for k in call.keywords]]
            yield Expression(f"{module}:{call.lineno}", library.compile(call.args[0].value, sum(flags)))


def _flags(node: ast.expr) -> int:
    told = [n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr.isupper()]
    return sum(int(getattr(re, name)) for name in told if hasattr(re, name))


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """The calls that take an expression, with the module they stand in."""
    folder = Path(tinhgon.__file__).parent
    for file in sorted(folder.rglob("*.py")):
        module = ".".join(("tinhgon", *file.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id in _MODULES and node.func.attr in _TAKES:
                yield module, node


def made_when_called() -> list[str]:
    """Where a function makes an expression of something else than what is written there, and nobody told of it."""
    at_import = {
        (module.__name__, line) for module in modules() for line in _lines_at_import(Path(str(module.__file__)))
    }
    return [
        f"{module}:{call.lineno}"
        for module, call in _calls()
        if not (call.args and isinstance(call.args[0], ast.Constant))
        and (module, call.lineno) not in at_import
        and module not in _MAKERS
    ]


def _lines_at_import(file: Path) -> set[int]:
    """The lines that run when a module is imported: all but those inside functions."""
    tree = ast.parse(file.read_text("utf-8"))
    lines = set(range(1, 1 + max((getattr(node, "end_lineno", 0) or 0 for node in ast.walk(tree)), default=0)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines -= set(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    return lines
