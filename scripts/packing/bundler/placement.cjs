'use strict';
// Which bundle file each module of ours goes to. Nothing here reads a file.
const { closure } = require('./modules.cjs');

/**
 * The late modules that share a file, so that each exists once and is compressed together with what resembles it:
 * - all of a feature, or of the small features, with whatever of the floors below only that file needs;
 * - all else of a floor.
 * A module that is named as apart has a file of its own, with what only it needs. One that is named as complete too needs no other
 * late file: it has copies of what it shares with them.
 * Before all that, what a file lends is taken from there, because it is loaded anyway.
 *
 * @typedef {{ floors: readonly string[], features: string, small?: readonly string[], apart: readonly string[], complete?: readonly string[], lends?: Readonly<Record<string, readonly string[]>> }} Grouping
 *   lends: by the module whose file lends
 * @param {Map<string, import('./modules.cjs').Module>} modules
 * @param {Iterable<string>} late
 * @param {Grouping | undefined} grouping
 * @returns {(module: string) => string | undefined} the name of the file, without extension; `undefined` for a module that
 *   each file holds itself
 */
function placeLate(modules, late, grouping) {
  if (grouping === undefined) {
    const names = new Set(late);
    return (module) => (names.has(module) ? fileName(module) : undefined);
  }
  const { floors, features, small = [], apart, complete = [], lends = {} } = grouping;
  const lenders = new Map(
    Object.entries(lends).flatMap(([lender, lent]) => lent.map((one) => [one, fileName(lender)])),
  );
  const owners = ownersOf(modules, features, small, apart);
  /** A complete file has copies of what it shares with others, so it leaves the place of a module to them. */
  const ownersAtHome = (all) => {
    const others = all.filter((owner) => !complete.includes(owner));
    return others.length > 0 ? others : all;
  };
  return (module) => {
    const lender = lenders.get(module);
    if (lender !== undefined) return lender;
    const [owner = '', ...others] = ownersAtHome([...(owners.get(module) ?? [])]);
    const isOne = others.length === 0 && owner !== EVERYBODY;
    const floor = module.split('/', 1)[0];
    if (isOne && floor !== undefined && [...floors, features].includes(floor)) return fileName(owner);
    return floors.includes(floor) ? floor : apart.includes(module) ? fileName(module) : undefined;
  };
}

const EVERYBODY = '*';

/** For each module, the features and modules apart that reach it, at once or late. */
function ownersOf(modules, features, small, apart) {
  const nameOf = (feature) => (small.includes(feature) ? features : `${features}/${feature}`);
  const owners = new Map([...modules.keys()].map((module) => [module, new Set()]));
  const own = (module) =>
    apart.includes(module) ? module : module.startsWith(`${features}/`) ? nameOf(module.split('/', 2)[1]) : undefined;
  const give = (module, owner) => {
    const before = owners.get(module);
    const mine = own(module) ?? owner;
    if (before === undefined || before.has(mine)) return;
    before.add(mine);
    for (const next of [...modules.get(module).imports, ...modules.get(module).late]) give(next, mine);
  };
  for (const module of modules.keys()) {
    if (own(module) !== undefined) give(module, own(module));
  }
  const roots = [...modules].filter(([module]) => owners.get(module).size === 0).map(([module]) => module);
  for (const module of roots) give(module, EVERYBODY);
  return owners;
}

/**
 * What each file must export, because another file needs it.
 *
 * @param {Map<string, import('./modules.cjs').Module>} modules
 * @param {Iterable<string>} late
 * @param {(module: string) => string | undefined} fileOf
 * @param {(file: string, other: string) => boolean} takes whether a file takes modules from another one
 * @returns {Map<string, string[]>} by file
 */
function exportsOf(modules, late, fileOf, takes) {
  const needed = new Map();
  const need = (module) => {
    const file = fileOf(module);
    if (!needed.has(file)) needed.set(file, new Set());
    needed.get(file).add(module);
  };
  for (const module of late) need(module);
  for (const module of closure(modules, late)) {
    for (const next of modules.get(module).imports) {
      if (takes(fileOf(module), fileOf(next))) need(next);
    }
  }
  return new Map([...needed].sort().map(([file, names]) => [file, [...names].sort()]));
}

/**
 * The names under which files export modules: the last part of the path, or all of it where another module has the same.
 *
 * @param {ReadonlyMap<string, readonly string[]>} exported modules by file
 * @returns {(module: string) => string}
 */
function exportNames(exported) {
  const last = (module) => module.slice(module.lastIndexOf('/') + 1);
  const count = new Map();
  for (const module of [...exported.values()].flat()) count.set(last(module), (count.get(last(module)) ?? 0) + 1);
  return (module) => (count.get(last(module)) === 1 ? last(module) : module);
}

/** `network/proxy` → `network-proxy`, `@scope/package/sub` → `scope-package-sub`. */
function fileName(module) {
  return module
    .replace(/^@/, '')
    .replace(/[\\/]+/g, '-')
    .replace(/^[.-]+/, '');
}

module.exports = { exportNames, exportsOf, fileName, placeLate };
