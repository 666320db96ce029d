// tldts as ES modules: so the bundle holds its list once, though the second line reaches for the list itself.
import { getPublicSuffix } from 'tldts/dist/es6/index.js';
import { edgeChild, edgeLength, edgeStart, labelText, rulesRoot } from 'tldts/dist/es6/src/data/trie.js';

/** Where anybody can run a server of their own though the public suffix list does not say so. `*` is any one label. */
export const unlistedSuffixes: readonly string[] = [
  '*.cloudapp.azure.com',
  '*.azurecontainerapps.io',
  '*.hana.ondemand.com',
  '*.devtunnels.ms',
  'aliyuncs.com',
  'appdomain.cloud',
  'bc.googleusercontent.com',
  'cloudhub.io',
  'gitpod.io',
  'loca.lt',
  'nip.io',
  'serveo.net',
  'sslip.io',
];

/** Where the label of each edge starts in the text of all labels. */
const labelStarts = Uint32Array.from(edgeLength);
labelStarts.reduce((start, length, edge) => {
  labelStarts[edge] = start;
  return start + length;
}, 0);

/**
 * Whether everybody can get a host below this name (`co.uk`, `github.io`): trusting it would trust them all. Brings the
 * public suffix list with it, so it is loaded only where the person has named hosts of their own.
 */
export function isPublicSuffix(name: string): boolean {
  return isListed(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) === 0);
}

/** Whether a public suffix lies below this name: of `amazonaws.com`, `s3.amazonaws.com` is one. */
export function hasPublicSuffixBelow(name: string): boolean {
  return hasListedBelow(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) > 0);
}

/** Whether the public suffix list itself names it. */
export function isListed(name: string): boolean {
  return getPublicSuffix(name, { allowPrivateDomains: true }) === name;
}

function hasListedBelow(name: string): boolean {
  let node: number | undefined = rulesRoot;
  for (const label of name.split('.').reverse()) {
    node = childOf(node, label);
    if (node === undefined) {
      return false;
    }
  }
  return edgesOf(node).length > 0;
}

/** How many labels a name lies above a suffix; negative where it does not. */
function labelsAbove(name: string, suffix: string): number {
  const [labels, wanted] = [name.split('.').reverse(), suffix.split('.').reverse()];
  const fits = labels.every((label, index) => wanted[index] === '*' || wanted[index] === label);
  return fits ? wanted.length - labels.length : -1;
}

/** The list is a tree of labels, from the right to the left. tldts keeps the labels of all edges one after the other. */
function childOf(node: number, label: string): number | undefined {
  const edge = edgesOf(node).find((one) => {
    const start = labelStarts[one] ?? 0;
    return labelText.slice(start, start + (edgeLength[one] ?? 0)) === label;
  });
  return edge === undefined ? undefined : edgeChild[edge];
}

function edgesOf(node: number): readonly number[] {
  const [from = 0, to = 0] = edgeStart.subarray(node, node + 2);
  return Array.from({ length: to - from }, (_, index) => from + index);
}
