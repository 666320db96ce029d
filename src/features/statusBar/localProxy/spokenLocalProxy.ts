import * as l10n from '@vscode/l10n';
import type { LocalProxyView } from '../../../editor/localProxyState';

/** That it runs, for a screen reader: without a count, which would be read aloud with each request. Pure. */
export function spokenLocalProxy({ state }: LocalProxyView): string {
  switch (state) {
    case 'here':
      return l10n.t('The local proxy runs.');
    case 'elsewhere':
      return l10n.t('The local proxy runs in another window.');
    case 'portTaken':
      return l10n.t('The local proxy cannot listen.');
    case 'waiting':
      return l10n.t('The local proxy waits for a trusted window.');
  }
}
