import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../../../core/base/displayText';
import { Failure, isFailure } from '../../../core/base/failure';
import { back } from '../../../editor/prompt/prompt';
import { askBrowser } from '../browser/browserBox';
import { LoginPageRoute } from '../browser/loginPageRoute';
import { onceMore } from '../browser/onceMore';
import { environmentOf, environmentStep } from './environmentStep';
import type { Step } from './steps';

const otherEnvironment = Symbol('other environment');

/** Signs in on the login page of an environment. */
export const loginPageStep: Step = {
  answers: ['answer', 'client', 'signInOnceMore'],
  applies: ({ draft }) => draft.answer?.kind !== 'signedIn',
  async ask(context, position) {
    const { draft } = context;
    const environment = environmentOf(context);
    if (draft.identityServer === undefined || environment === undefined) {
      throw new Failure('clientUnknown');
    }
    const route = new LoginPageRoute(context, draft.identityServer, environment);
    const answer = await askBrowser<typeof otherEnvironment>(context, position, route, {
      where: { host: displayHostOf(environment) },
      links: [
        {
          icon: 'server-environment',
          tooltip: l10n.t('Use an environment other than {0}', displayHostOf(environment)),
          value: otherEnvironment,
        },
      ],
    });
    if (answer === back) {
      return back;
    }
    if (answer === otherEnvironment) {
      draft.environment = {};
      return { goTo: environmentStep };
    }
    if (isFailure(answer)) {
      throw answer;
    }
    const client = route.client === undefined ? {} : { client: route.client };
    Object.assign(draft, { answer, client, ...onceMore(loginPageStep, context, answer) });
    return 'next';
  },
};
