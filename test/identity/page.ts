import { type Answer, html } from './answer';

/** A plain web page; `body` is HTML. */
export function page(title: string, body: string, status = 200): Answer {
  const style = 'body{font:15px sans-serif;margin:2em}td,th{padding:.3em 1em;text-align:left}td{font-family:monospace}';
  return html(
    status,
    `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style>
<h1>${escaped(title)}</h1>
${body}</html>`,
    { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
  );
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
