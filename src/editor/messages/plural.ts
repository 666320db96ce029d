import { textLanguage } from './textLanguage';

/** One sentence for each form that the language has. English has two; another language uses `other` for what is not there. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** The sentence for this number: `plural(n, { one: l10n.t('{0} file', n), other: l10n.t('{0} files', n) })`. */
export function plural(count: number, forms: Forms): string {
  return forms[new Intl.PluralRules(textLanguage()).select(count)] ?? forms.other;
}
