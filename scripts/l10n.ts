import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, languages, translations } from './l10n/languages';
import { manifestTexts } from './l10n/manifest';
import { sourceTexts } from './l10n/sourceTexts';
import { ROOT } from './process/folders';
import { runScript } from './process/stop';

/**
 * `npm run l10n`: writes the English texts of the sources to l10n/bundle.l10n.json, for translators, and lists what each
 * language lacks and what it no longer needs.
 */
runScript(async () => {
  const texts = sourceTexts();
  const file = join(ROOT, 'l10n/bundle.l10n.json');
  mkdirSync(join(ROOT, 'l10n'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
  console.log(`${Object.keys(texts).length} texts in l10n/bundle.l10n.json.`);
  const lists = languages().flatMap((language) => [
    { file: `l10n/bundle.l10n.${language}.json`, ...differences(texts, translations(language)) },
    { file: `package.nls.${language}.json`, ...differences(manifestTexts(), manifestTexts(language)) },
  ]);
  for (const { file, missing, unused } of lists) {
    console.log(`${file}: ${missing.length} missing, ${unused.length} unused.`);
    for (const key of missing) console.log(`  missing: ${JSON.stringify(key)}`);
    for (const key of unused) console.log(`  unused: ${JSON.stringify(key)}`);
  }
  return lists.every(({ missing, unused }) => missing.length + unused.length === 0) ? 0 : 1;
});
