import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../process/folders';

export interface BundleFile {
  readonly name: string;
  readonly bytes: number;
  /** The modules inside, as paths. */
  readonly inputs: string[];
}

interface Bundler {
  readonly bundle: (options: { entry: string; outdir: string; dev?: boolean }) => Promise<{ files: BundleFile[] }>;
  readonly bundleTests: (options: {
    entries: string[];
    outdir: string;
    outbase: string;
    external?: string[];
  }) => Promise<void>;
  readonly watch: (options: { entry: string; outdir: string; print: (line: string) => void }) => () => void;
}

/** The functions of esbuild.js, with types. */
export const { bundle, bundleTests, watch } = createRequire(__filename)(join(ROOT, 'esbuild.js')) as Bundler;
