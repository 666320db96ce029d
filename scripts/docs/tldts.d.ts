// The list inside tldts, by the path of its file. It is not documented, so the version is pinned.
declare module 'tldts/dist/es6/src/data/trie.js' {
  /** The first edge of each node; its last edge is before the first edge of the next node. */
  export const edgeStart: Uint16Array;
  /** The length of each edge's label, in characters. */
  export const edgeLength: Uint8Array;
  /** The node below each edge. */
  export const edgeChild: Uint16Array;
  /** 0 for a node that is no rule. */
  export const nodeFlags: Uint8Array;
  /** The labels of all edges, one after the other. */
  export const labelText: string;
  export const rulesRoot: number;
  export const exceptionsRoot: number;
}
