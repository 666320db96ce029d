import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../process/folders';

export interface BundleFile {
  readonly name: string;
  readonly bytes: number;
  /** The modules inside, as paths. */
  readonly inputs: string[];
}

interface Source {
  readonly entry: string;
  /** The modules that the other files take from the file of the entry, as paths from its folder. */
  readonly shared?: readonly string[];
  /** Packages that the other files take from the file of the entry. */
  readonly sharedPackages?: readonly string[];
  /** The modules that have a late file of their own, from which other late files take them. */
  readonly sharedLate?: readonly string[];
  /** Programs that run outside VS Code: the name of each file, and its module as a path from the folder of the entry. */
  readonly programs?: Readonly<Record<string, string>>;
}

interface Bundler {
  readonly bundle: (options: Source & { outdir: string; dev?: boolean }) => Promise<{ files: BundleFile[] }>;
  readonly bundleTests: (options: {
    entries: string[];
    outdir: string;
    outbase: string;
    external?: string[];
  }) => Promise<void>;
  readonly product: Required<Source>;
  readonly watch: (options: Source & { outdir: string; print: (line: string) => void }) => () => void;
}

/** The functions of esbuild.js, with types. */
export const { bundle, bundleTests, product, watch } = createRequire(__filename)(join(ROOT, 'esbuild.js')) as Bundler;
