/** Shows user names and host names as plain text: no Markdown, and no links from addresses. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$&@-]|:(?=\/\/)|(?<=www)\./gi, '\\$&');
}
