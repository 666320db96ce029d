// tldts by the paths of its files. They are not documented, so the version is pinned, and test/core/trust uses each of them.
declare module 'tldts/dist/es6/index.js' {
  export { getPublicSuffix } from 'tldts';
}
declare module 'tldts/dist/es6/src/data/trie.js' {
  /** The first edge of each node; its last edge is before the first edge of the next node. */
  export const edgeStart: Uint16Array;
  /** The length of each edge's label, in characters. */
  export const edgeLength: Uint8Array;
  /** The node below each edge. */
  export const edgeChild: Uint16Array;
  /** The labels of all edges, one after the other. */
  export const labelText: string;
  export const rulesRoot: number;
}
