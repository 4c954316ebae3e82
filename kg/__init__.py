"""kg: Vietnamese news articles as a knowledge graph that people can open, query and trust."""

__version__ = "0.1.0"
