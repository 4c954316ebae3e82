"""Where each node lies on the page and in the Gephi file: communities apart, components packed, labels with room.

    connected components ─Louvain─▶ communities ─least stress, boxes pushed apart─▶ discs ─packed─▶ positions

The same graph gives the same positions in every run and under every hash seed: nodes are numbered in the order given,
random starts have a seed, coordinates are rounded to whole units.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view import ViewEntity, ViewStatement

Points = NDArray[np.float64]

SEED = 2025
LINE = 46.0
"""Height of a node with its label below, in units of the page at zoom 1."""
SHAPE = 1.2
"""Width to height of the whole drawing: screens and pages lie on their long side."""
WHOLE = 60
"""Components up to this size are one picture; larger ones are divided into communities."""
DETAILED = 600
"""Communities up to this size get a layout of least stress; in larger ones it would take minutes and show a ball."""
LARGE = 30_000
"""Components beyond this size are drawn by degree alone; finding their communities would take an hour."""
STEPS = 120
"""Rounds of majorization; later ones move nothing that one sees."""
PACKED = 150
"""Components that are packed around the largest; further ones, small as they are, stand in rows below: a free place
around so many is found only by trying all, and an archive has thousands."""
TRIED = 256
"""Places that are tried together."""
LINK = 1.55
"""Length that a link would like to have, in mean sides of the nodes' boxes."""
LABELLED = 150
"""Up to so many nodes, each gets the room of its label; in larger graphs labels come with zoom."""
DENSE = 0.85 * LINE
"""Room of a node in a large graph."""
FAR = 4.0


PLACED = 2000
"""Entities that are placed by their links at most: what still pans smoothly, and is placed in seconds."""


def rank_entities(entities: Iterable[ViewEntity], statements: Iterable[ViewStatement]) -> tuple[list[ViewEntity], int]:
    """The entities, those with most support first, and how many of them are placed by their links if all can be.

    Those that no statement links to another stand last; of a large graph they are not placed.
    """
    weights = {entity.iri: 0 for entity in entities}
    linked: set[str] = set()
    for statement in statements:
        for iri in statement.ends:
            weights[iri] += statement.sources
        linked |= statement.ends if len(statement.ends) == 2 else set()
    ranked = sorted(entities, key=lambda entity: (entity.iri not in linked, -weights[entity.iri], entity.iri))
    return ranked, len(ranked) if len(ranked) <= LABELLED else len(linked)


def place_all(entities: Sequence[ViewEntity], statements: Sequence[ViewStatement]) -> dict[str, tuple[int, int]]:
    """A position for each entity: of a large graph, the best supported ones lie as on the page, the others around."""
    ranked, most = rank_entities(entities, statements)
    most = min(most, PLACED)
    positions = place_entities(ranked[:most], statements)
    inner = max(((x * x + y * y) ** 0.5 for x, y in positions.values()), default=0.0) + 2 * LINE
    for index, entity in enumerate(ranked[most:]):
        # A sunflower's seeds from the rim on: each has as much room as the others.
        radius, angle = (inner**2 + index * DENSE**2) ** 0.5, index * float(np.pi) * (3 - 5**0.5)
        positions[entity.iri] = round(radius * float(np.cos(angle))), round(radius * float(np.sin(angle)))
    return positions


def place_entities(entities: Iterable[ViewEntity], statements: Iterable[ViewStatement]) -> dict[str, tuple[int, int]]:
    """A position for each entity by its IRI, from the statements between them."""
    widths = {entity.iri: _label_width(entity.label) for entity in entities}
    links = ((s.subject, s.object) for s in statements if s.object is not None)
    return place(sorted(widths), [(a, b) for a, b in links if a in widths and b in widths], widths)


def _label_width(label: str) -> float:
    """About how wide the page draws a label, which it breaks into lines of some 18 characters."""
    return max(LINE, 7.2 * min(len(label), 18) + 14)


def place(
    nodes: Sequence[str], edges: Iterable[tuple[str, str]], widths: Mapping[str, float] | None = None
) -> dict[str, tuple[int, int]]:
    """A position for each node. `widths` are widths of labels; nodes of one community keep that much apart."""
    number = {node: index for index, node in enumerate(nodes)}
    pairs = Counter((min(number[a], number[b]), max(number[a], number[b])) for a, b in edges if a != b)
    room = tuple((widths or {}).get(node, LINE) for node in nodes) if len(nodes) <= LABELLED else ()
    return dict(zip(nodes, _place(len(nodes), tuple(sorted(pairs.items())), room), strict=True))


@lru_cache(maxsize=1)
def _place(
    count: int, pairs: tuple[tuple[tuple[int, int], int], ...], widths: tuple[float, ...]
) -> tuple[tuple[int, int], ...]:
    """Positions of the numbered nodes; the page and the Gephi file of one graph ask for the same ones."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((a, b, 1.0 + np.log2(times)) for (a, b), times in pairs)
    if count > LABELLED:
        boxes = np.full((count, 2), DENSE)
    else:
        boxes = np.array([[width, LINE] for width in widths], dtype=float).reshape(-1, 2)
    positions = np.zeros((count, 2))
    components = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    joined = [part for part in components if len(part) > 1]
    discs = [_place_component(graph, part, boxes) for part in joined]
    for part, disc, centre in zip(joined, discs, _pack([_extent(disc) for disc in discs]), strict=True):
        positions[part] = disc + centre
    alone = [part[0] for part in components if len(part) == 1]
    if alone:
        _place_alone(positions, alone, joined, boxes)
    return tuple((round(float(x)), round(float(y))) for x, y in positions)


def _place_component(graph: "nx.Graph[int]", part: list[int], boxes: Points) -> Points:
    """Positions of one component's nodes, in the order of `part`, around the origin."""
    whole = graph.subgraph(part)
    if len(part) > LARGE:
        return _sunflower(whole, part)
    groups = [part] if len(part) <= WHOLE else _communities(whole)
    discs = [_place_community(whole, group, boxes) for group in groups]
    centres = _place_groups(whole, groups, [_radius(disc) for disc in discs])
    row = {node: index for index, node in enumerate(part)}
    positions = np.zeros((len(part), 2))
    for group, disc, centre in zip(groups, discs, centres, strict=True):
        positions[[row[node] for node in group]] = disc + centre
    positions -= (positions.max(axis=0) + positions.min(axis=0)) / 2
    return positions


def _communities(graph: "nx.Graph[int]") -> list[list[int]]:
    found = nx.community.louvain_communities(graph, seed=SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _place_community(graph: "nx.Graph[int]", group: list[int], boxes: Points) -> Points:
    if len(group) == 1:
        return np.zeros((1, 2))
    if len(group) > DETAILED:
        return _sunflower(graph, group)
    inside = _ordered(graph.subgraph(group))
    return _push_apart(_least_stress(inside, LINK * float(boxes[group].mean())) * [SHAPE, 1.0], boxes[group])


def _least_stress(graph: "nx.Graph[int]", length: float) -> Points:
    """Positions whose distances are as near as can be to the steps between the nodes (stress majorization).

    Gansner, Koren and North, "Graph drawing by stress majorization", 2004. Starts from a circle in the order of a
    walk through the graph; a community that hangs together only through others counts as near.
    """
    steps = _steps(graph)
    ideal = steps * length
    np.fill_diagonal(ideal, 1.0)
    weights = ideal**-2.0
    np.fill_diagonal(weights, 0.0)
    turns = {node: place for place, node in enumerate(nx.dfs_preorder_nodes(graph))}
    angle = 2 * np.pi * np.array([turns[node] for node in graph]) / len(graph)
    points = np.stack([np.cos(angle), np.sin(angle)], axis=1) * ideal.max() / 2
    inverse = np.linalg.inv(np.diag(weights.sum(axis=1)) - weights + weights.mean())
    for _ in range(STEPS):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(distance, 1.0)
        pull = -weights * ideal / np.maximum(distance, 1e-6)
        np.fill_diagonal(pull, 0.0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        points = inverse @ (pull @ points)
    return _lie_down(points - points.mean(axis=0))


def _steps(graph: "nx.Graph[int]") -> Points:
    """Steps between each two nodes; `FAR` where only nodes outside this community join them."""
    links = (nx.to_numpy_array(graph) > 0).astype(float)
    steps = np.full(links.shape, FAR)
    reached = np.eye(len(graph))
    for count in range(len(graph)):
        steps[(reached > 0) & (steps == FAR)] = count
        further = ((reached @ links + reached) > 0).astype(float)
        if (further == reached).all():
            break
        reached = further
    return steps


def _lie_down(points: Points) -> Points:
    """The points turned so that they spread most from left to right."""
    _, axes = np.linalg.eigh(points.T @ points)
    turned: Points = points @ axes[:, ::-1]
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _ordered(graph: "nx.Graph[int]") -> "nx.Graph[int]":
    """The same graph with its nodes and links in order, so that walks do not depend on how it was made."""
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(graph.nodes))
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges))
    return ordered


def _sunflower(graph: "nx.Graph[int]", group: list[int]) -> Points:
    """The best connected in the middle, the others around it in a spiral of even density."""
    ranked = sorted(range(len(group)), key=lambda index: (-graph.degree(group[index]), index))
    order = np.arange(len(group))
    angle = order * np.pi * (3 - np.sqrt(5))
    points = np.zeros((len(group), 2))
    points[ranked] = DENSE * np.sqrt(order)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points


def _push_apart(points: Points, boxes: Points, rounds: int = 120) -> Points:
    """The points moved as little as needed so that the boxes around them do not overlap."""
    room = (boxes[:, None, :] + boxes[None, :, :]) / 2
    for _ in range(rounds if len(points) <= 400 else 30):
        apart = points[:, None, :] - points[None, :, :]
        overlap = room - np.abs(apart)
        hit = (overlap > 0.5).all(axis=2) & ~np.eye(len(points), dtype=bool)
        if not hit.any():
            break
        sideways = overlap[..., 0] < overlap[..., 1]
        order = np.sign(np.arange(len(points))[:, None] - np.arange(len(points))[None, :])
        for axis, chosen in ((0, sideways), (1, ~sideways)):
            way = np.where(apart[..., axis] == 0, order, np.sign(apart[..., axis]))
            push = np.where(hit & chosen, way * overlap[..., axis], 0.0)
            points[:, axis] += push.sum(axis=1) / np.maximum((push != 0).sum(axis=1), 1) * 0.5
    return points


def _place_groups(graph: "nx.Graph[int]", groups: list[list[int]], radii: list[float]) -> Points:
    """Centres of the communities: near where their links pull them, without overlap."""
    if len(groups) == 1:
        return np.zeros((1, 2))
    group_of = {node: index for index, group in enumerate(groups) for node in group}
    links = Counter(tuple(sorted((group_of[a], group_of[b]))) for a, b in graph.edges if group_of[a] != group_of[b])
    quotient: nx.Graph[int] = nx.Graph()
    quotient.add_nodes_from(range(len(groups)))
    quotient.add_weighted_edges_from((a, b, float(np.sqrt(n))) for (a, b), n in sorted(links.items()))
    found = nx.spring_layout(quotient, seed=SEED, method="force", iterations=200)
    points = np.array([found[index] for index in range(len(groups))]) * [SHAPE, 1.0]
    size = np.array(radii)
    points *= 1.05 * np.sqrt((size**2).sum()) / max(float(np.abs(points).max()), 1e-9)
    return _part_discs(points, size)


def _part_discs(points: Points, radii: Points) -> Points:
    """The points moved until discs of these radii lie beside each other."""
    room = (radii[:, None] + radii[None, :]) + DENSE
    for _ in range(400):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2))
        overlap = np.where(distance < room, room - distance, 0.0)
        np.fill_diagonal(overlap, 0.0)
        if overlap.max() < 1.0:
            break
        unit = apart / np.maximum(distance, 1e-9)[..., None]
        points = points + (unit * overlap[..., None]).sum(axis=1) * 0.25
    return points


def _pack(extents: Sequence[Points]) -> list[Points]:
    """Centres for boxes, the largest in the middle and each next one on the nearest free place around it."""
    centres: list[Points] = []
    for index, extent in enumerate(extents[:PACKED]):
        others = np.array(centres).reshape(-1, 2)
        room = (extent + np.array(extents[:index]).reshape(-1, 2)) / 2 + LINE
        steps = np.arange(TRIED) * (1.0 if index < 50 else 4.0)
        while True:
            angle = steps * np.pi * (3 - np.sqrt(5))
            places = (LINE * 0.7 * np.sqrt(steps) * np.array([np.cos(angle) * SHAPE, np.sin(angle)])).T
            free = (np.abs(places[:, None] - others) >= room).any(axis=2).all(axis=1)
            if free.any():
                centres.append(places[free.argmax()])
                break
            steps = steps + (steps[1] - steps[0]) * TRIED
    return centres + _line_up(extents[PACKED:], centres, extents) if extents[PACKED:] else centres


def _line_up(rest: Sequence[Points], centres: Sequence[Points], extents: Sequence[Points]) -> list[Points]:
    """Centres for boxes in rows below those that have theirs, each row as high as its highest."""
    halves = [extent / 2 for extent in extents[: len(centres)]]
    left = min(float((centre - half)[0]) for centre, half in zip(centres, halves, strict=True))
    y = max(float((centre + half)[1]) for centre, half in zip(centres, halves, strict=True)) + LINE
    area = sum(float((extent + LINE).prod()) for extent in rest)
    width = max(-2 * left, float(np.sqrt(area)) * SHAPE)
    x, height = 0.0, 0.0
    lined: list[Points] = []
    for extent in rest:
        if x > 0 and x + float(extent[0]) > width:
            x, y, height = 0.0, y + height + LINE, 0.0
        lined.append(np.array([left + x, y]) + extent / 2)
        x += float(extent[0]) + LINE
        height = max(height, float(extent[1]))
    return lined


def _extent(points: Points) -> Points:
    """Width and height of a component with its outermost labels."""
    extent: Points = points.max(axis=0) - points.min(axis=0) + [2 * LINE, LINE]
    return extent


def _radius(points: Points) -> float:
    return float(np.sqrt((points**2).sum(axis=1)).max()) + DENSE / 2


def _place_alone(positions: Points, alone: list[int], joined: list[list[int]], boxes: Points) -> None:
    """Nodes without a link in rows below the rest."""
    placed = positions[[node for part in joined for node in part]] if joined else np.zeros((1, 2))
    left, right, bottom = placed[:, 0].min(), placed[:, 0].max(), placed[:, 1].max() + (2 * LINE if joined else 0)
    width = max(right - left, 6 * float(boxes[alone, 0].max()), SHAPE * LINE * 3 * np.sqrt(len(alone)))
    x, y = 0.0, float(bottom)
    start = (left + right) / 2 - width / 2
    for node in alone:
        if x > 0 and x + boxes[node, 0] > width:
            x, y = 0.0, y + LINE
        positions[node] = (start + x + boxes[node, 0] / 2, y)
        x += boxes[node, 0] + LINE / 2
