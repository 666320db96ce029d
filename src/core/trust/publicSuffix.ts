import { listedItem } from './suffixList';

/** Domains under which anyone can run a server, and which the public suffix list lacks. `*` matches one label. */
export const unlistedSuffixes: readonly string[] = [
  '*.cloudapp.azure.com',
  '*.azurecontainerapps.io',
  '*.hana.ondemand.com',
  '*.devtunnels.ms',
  'aliyuncs.com',
  'app.github.dev',
  'appdomain.cloud',
  'bc.googleusercontent.com',
  'bore.pub',
  'cloudhub.io',
  'cloudworkstations.dev',
  'free.beeceptor.com',
  'gitpod.io',
  'gradio.live',
  'koyeb.app',
  'lhr.life',
  'loca.lt',
  'localhost.run',
  'm.pipedream.net',
  'modal.run',
  'nip.io',
  'pinggy.link',
  'serveo.net',
  'serveousercontent.com',
  'share.zrok.io',
  'snowflakecomputing.app',
  'sslip.io',
  'traefik.me',
  'vultrusercontent.com',
  'webhook.site',
  'wiremockapi.cloud',
];

/**
 * Whether anyone can get a host below this name (`co.uk`, `github.io`), so that trusting the name would trust all of
 * them. The public suffix list is large, so this module is loaded only if the user has named hosts of their own.
 */
export function isPublicSuffix(name: string): boolean {
  return isListed(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) === 0);
}

/** Whether a public suffix is below this name: below `amazonaws.com`, for example, `s3.amazonaws.com`. */
export function hasPublicSuffixBelow(name: string): boolean {
  return hasListedBelow(name) || unlistedSuffixes.some((suffix) => labelsAbove(name, suffix) > 0);
}

/** Whether the public suffix list itself has this name. By its last rule, every name without a dot is on it. */
export function isListed(name: string): boolean {
  const labels = name.split('.').reverse();
  return labels.length === 1 ? name !== '' : isRule(labels, 0);
}

function isRule([label = '', ...below]: readonly string[], list: number): boolean {
  const item = listedItem(label, list);
  if (below.length > 0) {
    return item?.children !== undefined && isRule(below, item.children);
  }
  if (item?.kind === 'exception') {
    return false;
  }
  return item?.kind === 'rule' || (label !== '' && listedItem('*', list)?.kind === 'rule');
}

function hasListedBelow(name: string): boolean {
  let list: number | undefined = 0;
  for (const label of name.split('.').reverse()) {
    list = listedItem(label, list)?.children;
    if (list === undefined) {
      return false;
    }
  }
  return true;
}

/** How many labels a name is above a suffix; negative if it is not above it. */
function labelsAbove(name: string, suffix: string): number {
  const [labels, wanted] = [name.split('.').reverse(), suffix.split('.').reverse()];
  const fits = labels.every((label, index) => wanted[index] === '*' || wanted[index] === label);
  return fits ? wanted.length - labels.length : -1;
}
