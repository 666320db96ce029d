import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import {
  edgeChild,
  edgeLength,
  edgeStart,
  exceptionsRoot,
  labelText,
  nodeFlags,
  rulesRoot,
} from 'tldts/dist/es6/src/data/trie.js';
import { ROOT } from '../process/folders';

const file = join(ROOT, 'src/core/trust/publicSuffixes.json');

/** What is below a label of the list, and what is said of the label itself. */
interface Labels {
  readonly below: Map<string, Labels>;
  isRule: boolean;
  isException: boolean;
}

/**
 * The public suffix list of tldts, as src/core/trust/suffixList.ts reads it: a fifth smaller when compressed, because names are
 * written once, in ASCII, and without the top-level domains that have nothing below them.
 */
export function publicSuffixes(): string {
  const root = noLabels();
  for (const name of namesBelow(rulesRoot)) labelsOf(root, name).isRule = true;
  for (const name of namesBelow(exceptionsRoot)) labelsOf(root, name).isException = true;
  for (const [label, { below }] of root.below) {
    if (below.size === 0) root.below.delete(label);
  }
  return `${JSON.stringify(written(root))}\n`;
}

export function writtenPublicSuffixes(): string {
  return readFileSync(file, 'utf8');
}

export function writePublicSuffixes(): void {
  writeFileSync(file, publicSuffixes());
}

/** The rules below a node of tldts' tree, in ASCII. */
export function namesBelow(node: number, above = ''): string[] {
  const [from = 0, to = 0] = [edgeStart[node], edgeStart[node + 1]];
  let at = edgeLength.subarray(0, from).reduce((sum, length) => sum + length, 0);
  return Array.from(edgeLength.subarray(from, to)).flatMap((length, index) => {
    const child = edgeChild[from + index] ?? 0;
    const name = labelText.slice(at, (at += length)) + above;
    return [...(nodeFlags[child] === 0 ? [] : [inAscii(name)]), ...namesBelow(child, `.${name}`)];
  });
}

function inAscii(name: string): string {
  return name.startsWith('*.') ? `*.${domainToASCII(name.slice(2))}` : domainToASCII(name);
}

function noLabels(): Labels {
  return { below: new Map(), isRule: false, isException: false };
}

function labelsOf(root: Labels, name: string): Labels {
  let labels = root;
  for (const label of name.split('.').reverse()) {
    const next = labels.below.get(label) ?? noLabels();
    labels.below.set(label, next);
    labels = next;
  }
  return labels;
}

function written({ below }: Labels): string {
  return [...below]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([label, labels]) => {
      const mark = labels.isException ? '!' : '';
      return `${mark}${label}${labels.below.size === 0 ? '' : `${labels.isRule ? '(' : '['}${written(labels)})`}`;
    })
    .join(',');
}
