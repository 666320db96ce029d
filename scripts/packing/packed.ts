/** For the environment of a process that uses what another one has just built and packed, and builds nothing itself. */
export const PACKED = { RELTIO_PACKED: '1' };

export function isPacked(): boolean {
  return process.env['RELTIO_PACKED'] === PACKED.RELTIO_PACKED;
}
