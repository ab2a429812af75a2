"""The desk as a plugin of Datasette: its pages, its words in every template, its walls, its ready questions in SQL."""

from __future__ import annotations

import logging
import re
import sqlite3
import weakref
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from datasette import Request, Response, hookimpl
from datasette import handle_exception as usual_answer
from datasette.app import Datasette
from datasette.views.base import DatasetteError

from tinhgon.compare import ComparisonError
from tinhgon.store import LockedStoreError, StoreError, UnknownClaimError
from tinhgon.web import downloads, reviewing
from tinhgon.web.answers import html
from tinhgon.web.canned import QUERIES
from tinhgon.web.desk import DATABASE, Desk, Page, Show, SlowError
from tinhgon.web.guard import App, guarded
from tinhgon.web.pages import PAGES
from tinhgon.web.shown import shortened
from tinhgon.web.visit import NotFoundError, QuestionError, Visit
from tinhgon.web.wording import Language

View = Callable[[Request, Datasette], Awaitable[Response]]

_LOG = logging.getLogger(__name__)
_WHAT = {400: "bad_question", 403: "forbidden", 404: "not_found"}

_LANGUAGE = r"(?:/(?P<language>en))?"
# Control characters but for white space, and the marks that turn the direction of writing: nothing printed has them.
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
LARGEST_VALUE = 100_000  # bytes of one value in a reader's own SQL; an article in full has a page of its own
_LARGEST_ANSWER = 10_000_000  # bytes of all its rows: while they are written as a page or JSON, no one else is answered
_CELL = 100  # bytes that a cell takes on a page besides its value
_LONGEST_PATTERN = 100
_LONGEST_CELL = 2_000


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, View]]:
    if Desk.of(datasette) is None:
        return []
    pages = [(f"^{_LANGUAGE}{pattern}$", _page(template, show)) for pattern, template, show in PAGES]
    files = [(f"^{_LANGUAGE}/compare\\.(?P<form>csv|xlsx)$", _answered(downloads.comparison))]
    acts = [(f"^{_LANGUAGE}{pattern}$", _answered(act)) for pattern, act in reviewing.ROUTES]
    return [*pages, *files, *acts]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    desk = Desk.of(datasette)
    return lambda app: app if desk is None else guarded(app, desk)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    if Desk.of(datasette) is not None and database == DATABASE:
        conn.execute("PRAGMA query_only = ON")
        # The clock is looked at between two steps, and one function in SQL is one step, however long it takes: instr()
        # and json_patch() take time with the square of a text's length, LIKE and GLOB with that of their pattern.
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        conn.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)
        conn.set_authorizer(_allowed)
        conn.row_factory = _Measured()


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Datasette) -> None:
    if Desk.of(datasette) is not None:
        env.finalize = _printable
        env.auto_reload = False
        env.trim_blocks = env.lstrip_blocks = True


@hookimpl
def extra_template_vars(request: Request | None, datasette: Datasette) -> dict[str, Any]:
    desk = Desk.of(datasette)
    if desk is None:
        return {}
    visit = _visit(request, lenient=True) if request else Visit("vi", "/")
    return {
        "visit": visit,
        "words": visit.words,
        "reviewer": reviewing.reviewer_of(request) if request else None,
        "can_review": desk.token is not None,
    }


@hookimpl
def render_cell(value: Any, datasette: Datasette) -> str | None:
    """A cell of Datasette's tables without what would turn the direction of writing; others are left to it."""
    if Desk.of(datasette) is None or not isinstance(value, str) or not _STEERING.search(value):
        return None
    return shortened(_STEERING.sub("�", value), _LONGEST_CELL)


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """What Datasette's own pages refuse, in the look of the desk; its own handler would print every variable."""
    if Desk.of(datasette) is None:
        return usual_answer.handle_exception(datasette, request, exception)
    status = int(getattr(exception, "status", 500))
    if status == 500 and request.path.startswith(f"/{DATABASE}"):
        # Datasette takes many a value it cannot use for a fault of its own.
        status = 400
    if status == 500:
        _LOG.error("%r could not be answered", request.path, exc_info=exception)
    told = str(getattr(exception, "message", "")) if status not in (404, 500) else ""
    if isinstance(exception, DatasetteError) and exception.message_is_html:
        told = "The SQL took too long and was stopped."  # and not an editor to write it otherwise
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": told or "not found", "status": status}, status=status)
    return _problem(datasette, request, status, _WHAT.get(status, "title"), told)


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> Mapping[str, Any]:
    return QUERIES if Desk.of(datasette) is not None and database == DATABASE else {}


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    return [{"href": "/", "label": "tinhgon"}] if Desk.of(datasette) is not None else []


def _allowed(action: int, name: str | None, function: str | None, *_: str | None) -> int:
    """Whether a reader's SQL may do this: the path of the file is nobody's business, and no row tells it."""
    if action == sqlite3.SQLITE_FUNCTION and function == "fts3_tokenizer":
        return sqlite3.SQLITE_DENY  # tells where the program stands in memory
    hidden = action == sqlite3.SQLITE_PRAGMA and name == "database_list"
    return sqlite3.SQLITE_IGNORE if hidden else sqlite3.SQLITE_OK


class _Measured:
    """Makes the rows of an answer, and raises ``DatasetteError`` where they grow too large to be shown."""

    def __init__(self) -> None:
        self._cursor: Callable[[], sqlite3.Cursor | None] = lambda: None
        self._bytes = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        if self._cursor() is not cursor:
            # Not to be kept alive: a question that was not read to its end would keep the base as it was then.
            self._cursor, self._bytes = weakref.ref(cursor), 0
        self._bytes += sum(_CELL + (len(value) if isinstance(value, str | bytes) else 0) for value in row)
        if self._bytes > _LARGEST_ANSWER:
            raise DatasetteError("The answer is too large. Ask for fewer rows or columns.", status=400)
        return sqlite3.Row(cursor, row)


def _page(template: str, show: Show) -> View:
    """A page that reads: what it shows of the base, put into its template."""

    async def view(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
        shown: Page = await desk.read(show, visit)
        return await html(datasette, request, template, shown)

    return _answered(view)


def _answered(act: Callable[[Request, Datasette, Desk, Visit], Awaitable[Response]]) -> View:
    """An answer to every request: what goes wrong is told on a page of its own."""

    async def view(request: Request, datasette: Datasette) -> Response:
        desk = Desk.of(datasette)
        assert desk is not None
        try:
            return await act(request, datasette, desk, _visit(request))
        except (NotFoundError, UnknownClaimError):
            return await _problem(datasette, request, 404, "not_found")
        except (QuestionError, ComparisonError) as error:
            return await _problem(datasette, request, 400, "bad_question", str(error))
        except UnicodeDecodeError:
            return await _problem(datasette, request, 400, "bad_question")
        except SlowError:
            return await _problem(datasette, request, 503, "slow", seconds=desk.seconds)
        except LockedStoreError:
            return await _problem(datasette, request, 503, "busy")
        except PermissionError:
            return await _problem(datasette, request, 403, "forbidden")
        except StoreError as error:
            _LOG.error("%r could not be answered", request.path, exc_info=error)
            return await _problem(datasette, request, 500, "title")

    return view


async def _problem(
    datasette: Datasette, request: Request, status: int, what: str, told: str = "", **values: object
) -> Response:
    words = _visit(request, lenient=True).words
    shown = {"status": status, "what": words(f"error.{what}", **values), "told": words.sentence(told)}
    return await html(datasette, request, "problem.html", shown, status)


def _visit(request: Request, *, lenient: bool = False) -> Visit:
    path = str(request.scope.get("path") or "/")
    language: Language = "en" if path == "/en" or path.startswith("/en/") else "vi"
    bare = (path.removeprefix("/en") or "/") if language == "en" else path
    try:
        return Visit.of(language, bare, request.query_string)
    except QuestionError:
        if lenient:
            return Visit(language, bare)
        raise


def _printable(value: Any) -> Any:
    """What a template prints, without what could steer the reader's screen."""
    return _STEERING.sub("�", value) if type(value) is str else value
