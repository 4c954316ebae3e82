"""Graphs for the tests of views and exports, small enough to read; the names are invented.

`NEWS` is what a build writes; `HOSTILE` has the same shape with text that tries to get out of every place it is shown
in.
"""

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.graph import DCTERMS, PROV, RDF, RDFS, SCHEMA, SKOS, XSD, prefixes
from kg.ontology import KG

NEWS_FILE = Path(__file__).parent / "graphs" / "news.ttl"

HOSTILE_TEXTS = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(2)</script>",
    "\"'><svg onload=alert(3)>",
    "{{ 7*7 }}{% raw %}${alert(4)}",
    "javascript:alert(5)",
    '=HYPERLINK("http://x")',
    "]]>&amp;\\\u2028\u2029\u202e\U0001f600",
    "href select_menu heading",
)


def news() -> Store:
    """The small hand-written graph."""
    store = Store()
    store.load(path=NEWS_FILE, format=RdfFormat.TURTLE)
    return store


class GraphMaker:
    """Builds stores in the project's RDF profile from plain values."""

    def __init__(self, base: str = "https://example.org/news/") -> None:
        self.store = Store()
        self.namespaces = prefixes(base)

    def node(self, prefix: str, name: str) -> NamedNode:
        return NamedNode(self.namespaces[prefix] + name)

    def add(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        self.store.add(Quad(subject, NamedNode(predicate), value))

    def text(self, subject: NamedNode, predicate: str, value: str) -> None:
        self.add(subject, predicate, Literal(value, language="vi"))

    def entity(self, name: str, type: str, label: str, aliases: tuple[str, ...] = ()) -> NamedNode:
        node = self.node("kgr", name)
        self.add(node, RDF + "type", NamedNode(KG + type))
        self.text(node, RDFS + "label", label)
        for alias in aliases:
            self.text(node, SKOS + "altLabel", alias)
        return node

    def article(self, name: str, title: str, date: str, outlet: str, url: str) -> NamedNode:
        node = self.node("kga", name)
        self.add(node, RDF + "type", NamedNode(SCHEMA + "NewsArticle"))
        self.add(node, DCTERMS + "identifier", Literal(name))
        self.text(node, SCHEMA + "headline", title)
        self.add(node, SCHEMA + "datePublished", Literal(date, datatype=NamedNode(XSD + "date")))
        self.add(node, SCHEMA + "publisher", Literal(outlet))
        self.add(node, SCHEMA + "url", Literal(url, datatype=NamedNode(XSD + "anyURI")))
        return node

    def statement(
        self,
        name: str,
        subject: NamedNode,
        relation: str,
        target: NamedNode | str,
        article: NamedNode,
        quote: str,
        modality: str = "asserted",
        date: str | None = None,
        **details: str,
    ) -> NamedNode:
        node = self.node("kgs", name)
        self.add(node, RDF + "type", NamedNode(KG + "Statement"))
        self.add(node, RDF + "subject", subject)
        self.add(node, RDF + "predicate", NamedNode(KG + relation))
        object = Literal(target, language="vi") if isinstance(target, str) else target
        self.add(node, RDF + "object", object)
        self.add(node, KG + "modality", NamedNode(KG + modality))
        self.add(node, PROV + "wasDerivedFrom", article)
        if modality == "asserted":
            self.add(subject, KG + relation, object)
        if date:
            self.add(node, KG + "date", Literal(date, datatype=NamedNode(XSD + "date")))
        for key, value in details.items():
            self.text(node, KG + key, value)
        evidence = self.node("kge", name)
        self.add(evidence, RDF + "type", NamedNode(KG + "Evidence"))
        self.add(evidence, KG + "article", article)
        self.text(evidence, KG + "quote", quote)
        self.text(evidence, KG + "paragraph", f"Trước đó. {quote} Sau đó.")
        self.add(evidence, KG + "start", Literal(10))
        self.add(evidence, KG + "end", Literal(10 + len(quote)))
        self.add(node, KG + "evidence", evidence)
        return node


def hostile() -> Store:
    """Every text of the graph is an attack: labels, aliases, titles, outlets, URLs, quotes, qualifiers."""
    maker = GraphMaker()
    texts = HOSTILE_TEXTS
    people = [maker.entity(f"p-{index}", "Person", text, (texts[index - 1],)) for index, text in enumerate(texts)]
    article = maker.article("a-1", texts[0], "2025-11-16", texts[1], "javascript:alert(document.domain)")
    for index, person in enumerate(people):
        text, other = texts[index], people[(index + 1) % len(people)]
        maker.statement(f"s-{index}", person, "received", other, article, text, place=text, amount=text, field=text)
        maker.statement(f"t-{index}", person, "holds_position", text, article, text)
    return maker.store


def large(entities: int, edges: int) -> Store:
    """A synthetic graph of that size: communities of about forty with a few links between them, the same every time."""
    maker = GraphMaker()
    kinds = ("Person", "Company", "Country", "GovernmentBody", "Event", "AdministrativeArea", "Project")
    relations = ("received", "visited", "cooperates_with", "invests_in", "requested")
    nodes = [maker.entity(f"n-{i}", kinds[i % 7], f"Nguyễn Thực Thể {i}") for i in range(entities)]
    articles = [
        maker.article(
            f"a-{i}", f"Bài số {i}", f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}", f"Báo {i % 9}", "https://example.org/"
        )
        for i in range(max(edges // 10, 1))
    ]
    state = 12345
    for i in range(edges):
        state = (state * 1103515245 + 12345) % 2**31
        start = state % entities
        step = (state // 7) % 38 + 1 if i % 12 else (state // 7) % entities
        end = (start // 40 * 40 + (start % 40 + step) % 40) % entities if i % 12 else (start + step) % entities
        if start != end:
            day = f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}"
            quote = f"Trong buổi làm việc thứ {i}, hai bên nhất trí tiếp tục mở rộng hợp tác trên nhiều lĩnh vực."
            modality = "planned" if i % 9 == 0 else "asserted"
            article = articles[i % len(articles)]
            maker.statement(f"s-{i}", nodes[start], relations[i % 5], nodes[end], article, quote, modality, day)
    return maker.store
