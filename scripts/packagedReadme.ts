/** The section that speaks to who works on the extension, not to who has installed it. */
const DEVELOPERS_SECTION = /^## Try it: two commands\n[^]*?(?=^## )/m;

/**
 * The README as VS Code shows it on the extension's page: pictures and pages of the repository are not in the package,
 * so what points at them goes.
 */
export function packagedReadme(text: string): string {
  return text
    .replace(DEVELOPERS_SECTION, '')
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm, '')
    .replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1');
}
