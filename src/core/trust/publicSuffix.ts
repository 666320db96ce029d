// tldts as ES modules, so that the bundle contains its list only once, although the second line imports the list itself.
import { getPublicSuffix } from 'tldts/dist/es6/index.js';
import { edgeChild, edgeLength, edgeStart, labelText, rulesRoot } from 'tldts/dist/es6/src/data/trie.js';

/** Domains under which anyone can run a server, and which the public suffix list lacks. `*` matches one label. */
export const unlistedSuffixes: readonly string[] = [
  '*.cloudapp.azure.com',
  '*.azurecontainerapps.io',
  '*.hana.ondemand.com',
  '*.devtunnels.ms',
  'aliyuncs.com',
  'app.github.dev',
  'appdomain.cloud',
  'bc.googleusercontent.com',
  'cloudhub.io',
  'cloudworkstations.dev',
  'free.beeceptor.com',
  'gitpod.io',
  'gradio.live',
  'koyeb.app',
  'lhr.life',
  'loca.lt',
  'localhost.run',
  'm.pipedream.net',
  'nip.io',
  'serveo.net',
  'serveousercontent.com',
  'share.zrok.io',
  'snowflakecomputing.app',
  'sslip.io',
  'vultrusercontent.com',
  'webhook.site',
  'wiremockapi.cloud',
];

/**
 * Whether anyone can get a host below this name (`co.uk`, `github.io`), so that trusting the name would trust all of
 * them. The public suffix list is large, so this module is loaded only if the user has named hosts of their own.
 */
export function isPublicSuffix(name: string): boolean {
  return isListed(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) === 0);
}

/** Whether a public suffix is below this name: below `amazonaws.com`, for example, `s3.amazonaws.com`. */
export function hasPublicSuffixBelow(name: string): boolean {
  return hasListedBelow(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) > 0);
}

/** Whether the public suffix list itself has this name. */
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
  const [from, to] = edgesOf(node);
  return to > from;
}

/** How many labels a name is above a suffix; negative if it is not above it. */
function labelsAbove(name: string, suffix: string): number {
  const [labels, wanted] = [name.split('.').reverse(), suffix.split('.').reverse()];
  const fits = labels.every((label, index) => wanted[index] === '*' || wanted[index] === label);
  return fits ? wanted.length - labels.length : -1;
}

/** The list is a tree of labels, from right to left. tldts stores the labels of all edges one after the other. */
function childOf(node: number, label: string): number | undefined {
  const [from, to] = edgesOf(node);
  const [lengths, labels] = [edgeLength, labelText]; // looked up once: there are thousands
  for (let edge = 0, start = 0; edge < to; edge += 1) {
    const length = lengths[edge] ?? 0;
    if (edge >= from && length === label.length && labels.startsWith(label, start)) {
      return edgeChild[edge];
    }
    start += length;
  }
  return undefined;
}

function edgesOf(node: number): readonly [from: number, to: number] {
  return [edgeStart[node] ?? 0, edgeStart[node + 1] ?? 0];
}
