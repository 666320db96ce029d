import list from './publicSuffixes.json';

const [OPENING, OPENING_OF_STEP, CLOSING] = ['(', '[', ')'].map((mark) => mark.charCodeAt(0));

/** A label of the public suffix list, with what is below it. */
interface Item {
  /** `step`: no rule itself, but there are some below it. */
  readonly kind: 'rule' | 'exception' | 'step';
  /** Where the list of what is below it begins. */
  readonly children: number | undefined;
}

/**
 * Finds a label in one of the lists that the list consists of. It is a tree of labels, from right to left:
 * `ck[!www,*),uk[ac,co(blogspot))`. Below a rule there is a `(`, below what is none itself a `[`; `!` marks an exception.
 *
 * @param at where the list of labels begins; 0 for the top-level domains
 */
export function listedItem(label: string, at: number): Item | undefined {
  let start = at;
  for (;;) {
    const isException = list[start] === '!';
    const end = endOfLabel(start);
    const hasChildren = list[end] === '(' || list[end] === '[';
    if (list.slice(isException ? start + 1 : start, end) === label) {
      const kind = isException ? 'exception' : list[end] === '[' ? 'step' : 'rule';
      return { kind, children: hasChildren ? end + 1 : undefined };
    }
    const next = hasChildren ? endOfChildren(end + 1) : end;
    if (list[next] !== ',') {
      return undefined;
    }
    start = next + 1;
  }
}

function endOfLabel(start: number): number {
  const marks = /[,([)]|$/g;
  marks.lastIndex = start;
  return marks.exec(list)?.index ?? list.length;
}

/** By character codes, because it passes over most of the list. */
function endOfChildren(start: number): number {
  let end = start;
  for (let depth = 1; depth > 0; end += 1) {
    const code = list.charCodeAt(end);
    if (code === OPENING || code === OPENING_OF_STEP) {
      depth += 1;
    } else if (code === CLOSING) {
      depth -= 1;
    }
  }
  return end;
}
