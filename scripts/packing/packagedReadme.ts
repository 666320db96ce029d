/** The section for developers of the extension, which its users do not need. */
const DEVELOPERS_SECTION = /^## Try it: two commands\n[^]*?(?=^## )/m;

/** A link to a picture or a page of the repository. Links to the web work from everywhere. */
const LINK_INTO_REPOSITORY = /\]\((?!https:)/;

/**
 * The README as VS Code shows it on the extension's page. Pictures and pages of the repository are not in the package,
 * so the paragraphs that link to them are left out.
 */
export function packagedReadme(text: string): string {
  return text
    .replace(DEVELOPERS_SECTION, '')
    .split('\n\n')
    .filter((paragraph) => !LINK_INTO_REPOSITORY.test(paragraph))
    .join('\n\n');
}
