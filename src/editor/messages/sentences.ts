/** What is not said is false, undefined or empty. */
type Said = string | false | undefined;

/** Whole sentences, one after the other. */
export function sentences(...all: readonly Said[]): string {
  return joined(all, ' ');
}

/** The same with an empty line between them. */
export function paragraphs(...all: readonly Said[]): string {
  return joined(all, '\n\n');
}

function joined(all: readonly Said[], separator: string): string {
  return all.filter((one) => one !== undefined && one !== false && one !== '').join(separator);
}
