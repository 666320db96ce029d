const deepArray = (depth: number): unknown => {
  let value: unknown = [];
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

/** A secret that is planted where secrets belong, and must be found nowhere else. */
export const canary = 'CANARY-7f3e91c2-s3cret';

/** Texts that contain line breaks, headers, markup, numbers, property names, or nothing. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '3600',
  ' 3600 ',
  '0x10',
  '1e400',
  'null',
  '\u0000',
  'a\r\nX-Injected: yes',
  'two\nlines',
  '\u2028',
  '\u202eknil',
  '\ud800',
  'a\udfff',
  '\ufeff',
  '\u00e9\u{1f600}',
  '__proto__',
  'constructor',
  'toString',
  '[Run](command:reltioAuth.signOut)',
  '![x](https://evil.example/x.png)',
  '<a href="command:x">x</a>',
  '$(sync~spin)',
  '`code` | *b* _i_',
  'https://evil.example',
  'https://jane:pw@auth.reltio.com',
  'javascript:alert(1)',
  'mailto:jane@acme.com',
  'http://localhost:80#x',
  'RELTIO_ENVIRONMENT:dev',
  'bearer',
  'error',
  '%zz%00',
  'a'.repeat(300),
  'x '.repeat(2_000),
  '\\'.repeat(200),
  '('.repeat(200),
];

/** JSON values in place of a meaningful text or number. */
export const oddValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.5,
  1,
  3600,
  1e21,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  8.64e15,
  8.64e15 + 1,
  [],
  [[]],
  ['a', null, 3, {}],
  {},
  { toString: null, valueOf: null },
  { token: 'x', expires_in: {} },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": null}}'),
  { length: 1e9 },
  deepArray(500),
  Array.from({ length: 300 }, (_, index) => `scope_${index}`),
];
