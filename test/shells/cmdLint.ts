/** What cmd replaces in a script: a doubled sign, an argument, a part of the script's own path, a variable of `for`, a variable. */
const PERCENT = /%%[A-Za-z](?![A-Za-z])|%%|%\*|%~[a-z]*0|%(\w+)%|%/g;

/** Variables that cmd has without a `set`. */
const GIVEN = ['ERRORLEVEL', 'SystemRoot'];

/**
 * What is wrong with a script for cmd, which has no parser of its own to ask, and goes on after a mistake. Knows what the
 * scripts of this extension use, and is stricter than cmd: what it accepts is read in one way only.
 */
export function faultsOf(script: string): readonly string[] {
  const faults: string[] = [];
  if (/[^\r]\n|\r[^\n]/.test(script)) faults.push('a line does not end with CR LF');
  if (!script.endsWith('\r\n')) faults.push('the last line has no end');
  const lines = script.split('\r\n').slice(0, -1);
  const labels = lines.filter((line) => line.startsWith(':')).map((line) => line.slice(1));
  const sets = [...script.matchAll(/\bset "?(\w+)=/g)].map(([, name]) => name ?? '');
  let isUtf8 = false;
  for (const [index, line] of lines.entries()) {
    const fault = (text: string): void => void faults.push(`line ${index + 1}: ${text}`);
    if (/^rem /.test(line)) continue;
    if (line.includes('chcp.com" 65001')) isUtf8 = true;
    if (!isUtf8 && !/^[\x20-\x7e]*$/.test(line)) fault('a letter that depends on the code page of the console');
    if ((line.match(/"/g) ?? []).length % 2 !== 0) fault('an open quote');
    for (const [sign, name] of line.matchAll(PERCENT)) {
      if (sign === '%') fault('a single %');
      if (name !== undefined && !sets.includes(name) && !GIVEN.includes(name)) fault(`${name} has no value`);
    }
    const bare = line
      .replaceAll(/"[^"]*"/g, '""')
      .replaceAll(`('""')`, '')
      .replaceAll(/ ?>nul$|>&2$/g, '');
    if (/[&|<>^!]/.test(bare)) fault(`${bare} has a sign with a meaning outside of quotes`);
    if (/\bchcp\b/.test(bare)) fault('chcp may be a program in the current folder');
    if (/[()]/.test(bare)) fault('an unquoted parenthesis');
    const [, target] = /\bgoto (\S+)/.exec(line) ?? [];
    if (target !== undefined && labels.filter((label) => label === target).length !== 1) fault(`no label ${target}`);
  }
  if (!/^exit \/b \S+$/.test(lines.at(-1) ?? '')) faults.push('the end does not say the exit code');
  return faults;
}

/**
 * A line as cmd runs it: it replaces in one pass from the left, and does not look at what it has put in.
 *
 * @param folder the folder of the script, as `%~dp0` has it
 */
export function expanded(line: string, folder: string, args = ''): string {
  return line.replaceAll(PERCENT, (sign) =>
    sign === '%%'
      ? '%'
      : sign === '%*'
        ? args
        : sign === '%~dp0'
          ? folder
          : sign.startsWith('%%')
            ? `%${sign.slice(2)}`
            : '',
  );
}

/** The quoted words of a line. */
export function quotedWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
}
