/** The section that speaks to who works on the extension, not to who has installed it. */
const DEVELOPERS_SECTION = /^## Try it: two commands\n[^]*?(?=^## )/m;

/** A picture or a page of the repository; what is on the web can be reached from everywhere. */
const LINK_INTO_REPOSITORY = /\]\((?!https:)/;

/**
 * The README as VS Code shows it on the extension's page: pictures and pages of the repository are not in the package,
 * so the paragraphs that point at them go.
 */
export function packagedReadme(text: string): string {
  return text
    .replace(DEVELOPERS_SECTION, '')
    .split('\n\n')
    .filter((paragraph) => !LINK_INTO_REPOSITORY.test(paragraph))
    .join('\n\n');
}
