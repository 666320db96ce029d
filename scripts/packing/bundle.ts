import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../process/folders';

export interface BundleFile {
  readonly name: string;
  readonly bytes: number;
  /** The modules inside, as paths. */
  readonly inputs: string[];
}

interface Grouping {
  /** Folders of the entry's folder, each of whose late modules share a file if more than one feature needs them. */
  readonly floors: readonly string[];
  /** The folder of the features, each of which has one late file. */
  readonly features: string;
  /** Of these, those that have one late file together. */
  readonly small?: readonly string[];
  /** Late modules with a file of their own. */
  readonly apart: readonly string[];
  /** Of these, those whose file holds all that it needs. */
  readonly complete?: readonly string[];
  /** What all other files take from the file of a module: the entry, or one of those apart. */
  readonly lends?: Readonly<Record<string, readonly string[]>>;
}

interface Source {
  readonly entry: string;
  /** Without it, each late module has a file of its own. */
  readonly grouping?: Grouping;
  /** Packages that the other files take from the file of the entry. */
  readonly sharedPackages?: readonly string[];
  /** JSON modules that are compressed files beside the bundle, as paths from the folder of the entry. */
  readonly data?: readonly string[];
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
