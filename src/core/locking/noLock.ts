import type { HeldLock, Lock } from './lock';

/** For where there is no folder: one window, or windows that cannot wait for each other. */
export const neverLost: HeldLock = { isHeld: () => Promise.resolve(true), release: () => Promise.resolve() };
export const noLock: Lock = { acquire: () => Promise.resolve(neverLost) };
