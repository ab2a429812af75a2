"""What stands on a newspaper's page besides the article: words in class names, headings, notices. Data, no logic.

Class names and phrases are those common to Vietnamese sites and their content systems, none is one site's own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tinhgon.vietnamese import match_form

DROPPED_TAGS = frozenset(
    "script style noscript template iframe svg form button input select textarea option object embed canvas audio "
    "video "
    "nav footer aside menu dialog map ins".split()
)
# Tags that may hold an article's own head or body when a page is built carelessly.
GUARDED_TAGS = frozenset("form nav footer aside menu header ins noscript".split())

_CLASS_WORDS = frozenset(
    """
    ad ads adsbygoogle adv advert advertisement aside banner binhluan breadcrumb breadcrumbs breadcum cmt colright
    comment comments cookie copyright crumb cungchuyenmuc dangnhap danhgia disqus docnhieu fblike fontsize footer
    hot hotline hotnews keyword keywords lienquan likefb login mainmenu menu modal morenews mostread mostview nav
    navbar navigation newsletter newsother othernews pagination paging phantrang popular popup print qc quangcao
    rate rating readmore recommend recommended register relate related rightcol search share sharing sidebar sidecol
    skip social socials sponsor subscribe suggest suggestion tag taglist tags thoitiet timkiem tincungchuyenmuc
    tinhot tinkhac tinlienquan tinmoi tinmoinhat tinnong toolbar topbar trending tukhoa vote weather xemnhieu
    xemthem ykien
    """.split()
)
_CLASS_PAIRS = frozenset(
    (
        "binh luan|y kien|lien quan|tin khac|cac tin|tin cung|cung chuyen|tin moi|doc nhieu|xem nhieu|most view|"
        "most read|tin nong|hot news|read more|xem them|news other|other news|box tin|side col|col right|right col|"
        "right sidebar|quang cao|tu khoa|tag list|tim kiem|dang nhap|danh gia|tool bar|top bar|font size|thoi tiet|"
        "phan trang|fb comments|fb like|social share|related news|bai lien|noi bat|main menu|main nav|tin tuc lien|"
        "list related|box related"
    ).split("|")
)
_LEAD_WORDS = frozenset("sapo lead summary description chapeau intro teaser desc abstract mota tomtat".split())
_CAPTION_WORDS = frozenset(
    "caption figcaption cap chuthich photodesc imgdesc picture photocaption imagecaption".split()
)
_AUTHOR_WORDS = frozenset("author tacgia byline butdanh writer nguon".split())
_TOKENS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")

# Headings of boxes in the middle of or below an article, after which the article may go on.
_BOXES = (
    "tin liên quan|bài liên quan|bài viết liên quan|tin bài liên quan|tin, bài liên quan|tin tức liên quan|"
    "các tin liên quan|tin khác|các tin khác|"
    "bài khác|các bài khác|các bài viết khác|tin cùng chuyên mục|bài cùng chuyên mục|cùng chuyên mục|xem thêm|"
    "đọc thêm|>> xem thêm|"
    "có thể bạn quan tâm|có thể bạn muốn đọc|quảng cáo|tin nổi bật|nổi bật|tin nên đọc|mời bạn đọc thêm|"
    "mời quý độc giả xem thêm|"
    "bài đọc nhiều|video liên quan|cùng chủ đề|chủ đề|tin đọc nhiều|đừng bỏ lỡ|nghe audio|nghe đọc bài|"
    "nghe bài viết|tin nóng|liên quan|chia sẻ|"
    "chia sẻ bài viết|theo dõi trên google news|in bài viết|bản in|gửi email|lưu bài viết|cỡ chữ|sao chép liên kết"
)
# Headings and notices below which nothing belongs to the article any more.
_ENDS = (
    "bình luận|ý kiến bạn đọc|ý kiến độc giả|ý kiến|gửi ý kiến|gửi bình luận|gửi ý kiến của bạn|ý kiến của bạn|"
    "phản hồi|từ khóa|từ khoá|tags|tag|"
    "thẻ|xem nhiều|đọc nhiều|tin xem nhiều|xem nhiều nhất|đọc nhiều nhất|tin mới|tin mới nhất|mới nhất|tin đã đưa|"
    "các tin đã đưa|tin cũ hơn|bài cũ hơn|"
    "các tin cũ hơn|tin mới hơn|tin trước|tin tiếp theo|các bài mới|đánh giá bài viết|đánh giá|về trang chủ|"
    "về đầu trang|lên đầu trang|"
    "bạn cần đăng nhập|đăng nhập để bình luận|vui lòng đăng nhập|thống kê truy cập|liên kết website|thăm dò ý kiến"
)
_NOTICE = re.compile(
    r"giấy phép (?:số|hoạt động|xuất bản|thiết lập)|(?:tòa soạn|toà soạn|trụ sở(?: chính)?|tổng biên tập|"
    r"phó tổng biên tập|cơ quan chủ quản|"
    r"hotline|đường dây nóng|điện thoại|email|thư điện tử|chịu trách nhiệm (?:nội dung|chính))\s*:|"
    r"bản quyền (?:thuộc|của)|©|copyright|"
    r"cơ quan (?:ngôn luận )?của (?:đảng bộ|tỉnh ủy|thành ủy)\b.{0,80}(?:tòa soạn|tiếng nói|giấy phép|trụ sở)|"
    r"ghi rõ nguồn|"
    r"(?:vui lòng )?nhập (?:đầy đủ|nội dung|mã)|all rights reserved|thiết kế (?:bởi|và phát triển)|mã xác nhận"
)
_HEAD_PATTERN = r"[\W_]*+(?:{})\s*+(?:\(?\s*+\d{{0,5}}\s*+\)?)?\s*+[:»>….]*+\s*+$"
_BOX_HEAD, _END_HEAD = (re.compile(_HEAD_PATTERN.format(phrases)) for phrases in (_BOXES, _ENDS))
_KEYWORDS = re.compile(r"[\W_]*(?:từ khóa|từ khoá|tags?|thẻ|chủ đề)\s*:")
_TEASER = re.compile(
    r"[\W_]*(?:>>|»|xem thêm|đọc thêm|tin liên quan|bài liên quan|mời (?:bạn|quý vị|độc giả)[^.:]{0,40}(?:đọc|"
    r"xem))\s*:?\s"
)


def class_words(names: str) -> list[str]:
    """The words that class names and ids are made of.

    >>> class_words("detail-sapo boxTinLienQuan")
    ['detail', 'sapo', 'box', 'tin', 'lien', 'quan']
    """
    return [word.lower() for word in _TOKENS.findall(names[:300])]


def is_furniture(words: list[str]) -> bool:
    """Whether an element of such class names is beside the article.

    >>> is_furniture(["box", "tin"]), is_furniture(["detail", "content"])
    (True, False)
    """
    return any(word in _CLASS_WORDS for word in words) or any(f"{a} {b}" in _CLASS_PAIRS for a, b in pairwise(words))


def role_of(words: list[str]) -> str | None:
    """What class names say of an element of the article: "lead", "caption", "author" or nothing."""
    for role, known in (("lead", _LEAD_WORDS), ("caption", _CAPTION_WORDS), ("author", _AUTHOR_WORDS)):
        if any(word in known for word in words):
            return role
    return None


def opens_box(text: str) -> bool:
    """Whether ``text`` heads a box of links, or invites to read something else.

    >>> opens_box("TIN LIÊN QUAN"), opens_box("Liên quan đến việc này, huyện đã họp.")
    (True, False)
    """
    form = match_form(text)
    return len(form) <= 60 and _BOX_HEAD.match(form) is not None


def is_teaser(text: str) -> bool:
    """Whether a line of links points to another article."""
    return _TEASER.match(match_form(text)) is not None


def ends_article(text: str) -> bool:
    """Whether the article is over where ``text`` stands.

    >>> ends_article("Bình luận (0)"), ends_article("Từ khóa: sáp nhập, thôn"), ends_article("Giấy phép số 44/GP-CBC.")
    (True, True, True)
    >>> ends_article("Ý kiến của cử tri được ghi nhận.")
    False
    """
    form = match_form(text)
    if len(form) <= 60 and _END_HEAD.match(form):
        return True
    return (
        _KEYWORDS.match(form) is not None or (len(form) <= 600 and _NOTICE.match(form) is not None) or is_notice(form)
    )


def is_notice(form: str) -> bool:
    """A footer holds two notices at least, wherever in the line they stand."""
    return len(form) <= 800 and len({match[0] for match in _NOTICE.finditer(form)}) >= 2
