import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { ROOT } from '../process/folders';

/** The English texts of the sources by the key under which a bundle translates them. */
export type Texts = Awaited<ReturnType<typeof getL10nJson>>;

/** Every text that the sources pass to `l10n.t`. */
export async function sourceTexts(): Promise<Texts> {
  const source = join(ROOT, 'src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return await getL10nJson(
    files.sort().map((file) => ({ contents: readFileSync(join(source, file), 'utf8'), extension: '.ts' })),
  );
}
