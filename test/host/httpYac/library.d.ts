/** The library is in the cache, where TypeScript does not see it. What is used of it is in `extension.ts`. */
declare module 'httpyac' {
  export const io: unknown;
  export const store: unknown;
  export const send: unknown;
  export const getVariables: unknown;
}
