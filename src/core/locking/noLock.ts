import type { HeldLock, Lock } from './lock';

/** For windows without a lock folder, which cannot wait for each other. */
export const neverLost: HeldLock = { isHeld: () => Promise.resolve(true), release: () => Promise.resolve() };
export const noLock: Lock = { acquire: () => Promise.resolve(neverLost) };
