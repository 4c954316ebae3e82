// What is on the canvas now, shared by the parts that draw it: the network, what is shown, where, how large, in which
// colours. Only canvas.js changes what is shown.

export const scene = {
  network: null,
  panning: false, // whether the reader drags the whole drawing now
  shown: new Set(), // the most important first
  links: new Map(),
  spots: new Map(),
  home: new Map(),
  sizes: new Map(),
  paints: {},
};
