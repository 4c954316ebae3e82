"""How fast whole extraction is, both engines, against underthesea's `ner` alone on the same articles.

    python bench/extraction.py ARTICLES.jsonl[.gz] [--articles N]

One process, one core (it pins itself to one where the system allows it), in one run, so that the ratios hold on a noisy
machine. Needs the dependency group `peers`.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

from kg.articles import read_articles
from kg.model import Article
from kg.ontology import load_ontology
from kg.pipeline import extract_article
from kg.text import sentence_spans


def timed(work: Callable[[Article], object], articles: list[Article]) -> float:
    """Seconds that `work` takes for all articles; models are loaded by one call before."""
    work(articles[0])
    start = time.perf_counter()
    for article in articles:
        work(article)
    return time.perf_counter() - start


def main() -> None:
    """Print articles and sentences per second of each contender, and the ratios to the peer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    articles = [article for article, _ in zip(read_articles([options.path]), range(options.articles), strict=False)]
    ontology = load_ontology()
    sentences = sum(len(sentence_spans(article.text)) for article in articles)

    from underthesea import ner

    contenders: dict[str, Callable[[Article], object]] = {
        "underthesea ner": lambda article: [ner(span.of(article.text)) for span in sentence_spans(article.text)],
        "kg extract": lambda article: extract_article(article, ontology=ontology, engine="accurate"),
        "kg extract --fast": lambda article: extract_article(article, ontology=ontology, engine="fast"),
    }
    seconds = {name: timed(work, articles) for name, work in contenders.items()}
    peer = seconds["underthesea ner"]
    print(f"{len(articles)} articles, {sentences} sentences, one core")
    for name, spent in seconds.items():
        rates = f"{len(articles) / spent:8.1f} articles/s {sentences / spent:9.0f} sentences/s"
        print(f"{name:20} {rates}  {peer / spent:6.2f} ×")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, all three loaded: {peak:.0f} MB")


if __name__ == "__main__":
    main()
