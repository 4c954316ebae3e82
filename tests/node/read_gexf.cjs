// Reads a GEXF file as Gephi Lite does and prints what it found as JSON.
const { readFileSync } = require("node:fs");
const Graph = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(Graph, readFileSync(process.argv[2], "utf8"), { addMissingNodes: false, allowUndeclaredAttributes: false });
const { nodes, edges, options } = graph.export();
console.log(JSON.stringify({ nodes, edges, options }));
