import { relative } from 'node:path';
import { ROOT } from './process/folders';
import { runScript } from './process/stop';
import { kilobytes, packProduct } from './packing/vsix';

/** `npm run package`: makes reltio-auth-<version>.vsix. */
runScript(async () => {
  const { file, bytes, content } = await packProduct();
  for (const name of content) console.log(`  ${name}`);
  console.log(`${relative(ROOT, file)}: ${content.length} files, ${kilobytes(bytes)}`);
  return 0;
});
