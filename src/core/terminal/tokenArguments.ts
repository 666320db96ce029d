import * as l10n from '@vscode/l10n';
import type { TokenWish } from './tokenWish';

/** What the arguments of `reltio-token` ask for. */
export type TokenArguments =
  | { readonly asks: 'token'; readonly wish: TokenWish }
  | { readonly asks: 'help' }
  | { readonly asks: 'nothing'; readonly mistake: string };

interface Values {
  account?: string;
  environment?: string;
  form?: TokenWish['form'];
  minTtl?: number;
}

/** Why arguments cannot be used. */
class Mistake extends Error {}

export function parseTokenArguments(args: readonly string[]): TokenArguments {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    return { asks: 'help' };
  }
  try {
    const { form = 'token', minTtl = 0, ...named } = valuesOf(args);
    return { asks: 'token', wish: { ...named, form, minTtl } };
  } catch (error) {
    if (error instanceof Mistake) {
      return { asks: 'nothing', mistake: error.message };
    }
    throw error;
  }
}

function valuesOf(args: readonly string[]): Values {
  const values: Values = {};
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, option = arg, inline] = /^(--[^=]*)=([\s\S]*)$/.exec(arg) ?? [];
    switch (option) {
      case '--account':
        set(values, 'account', textOf(option, inline, rest), option);
        break;
      case '--environment':
        set(values, 'environment', textOf(option, inline, rest), option);
        break;
      case '--min-ttl':
        set(values, 'minTtl', secondsOf(option, textOf(option, inline, rest)), option);
        break;
      case '--header':
      case '--json':
        if (inline !== undefined) {
          throw new Mistake(l10n.t('{0} takes no value.', option));
        }
        if (values.form !== undefined && `--${values.form}` !== option) {
          throw new Mistake(l10n.t('Use either --header or --json.'));
        }
        values.form = option === '--json' ? 'json' : 'header';
        break;
      default:
        throw new Mistake(
          option.startsWith('-')
            ? l10n.t('There is no option {0}.', shortened(option))
            : l10n.t('This is not an option: "{0}".', shortened(option)),
        );
    }
  }
  return values;
}

/** An option that is there twice is a mistake: one of the two would be ignored silently. */
function set<Name extends keyof Values>(values: Values, name: Name, value: Values[Name], option: string): void {
  if (values[name] !== undefined) {
    throw new Mistake(l10n.t('{0} is there twice.', option));
  }
  values[name] = value;
}

/** An empty value is a mistake too: it usually comes from a variable that is not set. */
function textOf(option: string, inline: string | undefined, rest: string[]): string {
  const value = inline ?? (rest[0]?.startsWith('--') === true ? undefined : rest.shift());
  if (value === undefined || value.trim() === '') {
    throw new Mistake(l10n.t('{0} needs a value.', option));
  }
  return value;
}

function secondsOf(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new Mistake(l10n.t('{0} needs a whole number of seconds, such as 300.', option));
  }
  return Number(text);
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text;
}
