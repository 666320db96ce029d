import type { Figure } from './figures';
import { quantile, type Measured } from './measure';
import type { Typed } from './tokenCommand';

/** Each way to the same server, against the first one. */
export function proxyFigures(all: readonly Measured[]): readonly Figure[] {
  const [direct] = all;
  return direct === undefined ? [] : all.map((one) => ({ what: one.name, measured: measuredText(one, direct) }));
}

function measuredText({ times, rates }: Measured, direct: Measured): string {
  const time = (share: number): string => {
    const [own, least] = [quantile(times, share), quantile(direct.times, share)];
    return `${own.toFixed(2)} ms (+${(own - least).toFixed(2)})`;
  };
  const rate = quantile(rates, 0.5);
  return [
    `median ${time(0.5)}`,
    `p99 ${time(0.99)}`,
    `${rate.toFixed(0)} MB/s (${(rate / quantile(direct.rates, 0.5)).toFixed(2)} of direct)`,
  ].join(', ');
}

export function tokenFigures(nothing: Typed, command: Typed): readonly Figure[] {
  const least = quantile(nothing.times, 0.5);
  return [nothing, command].map(({ name, times }) => {
    const median = quantile(times, 0.5);
    return { what: `\`${name}\``, measured: `median ${median.toFixed(0)} ms (+${(median - least).toFixed(0)})` };
  });
}
