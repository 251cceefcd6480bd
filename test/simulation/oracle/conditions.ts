import type { Blow, History, Plan } from '../history';

/** Nothing fails, nothing is lost, no clock is off. What happens then has no excuse. */
export const isFairWeather = ({ weather, delays }: Plan): boolean => {
  const { slowMs, clockSkewMs, genesys, ...troubles } = weather;
  return (
    slowMs <= 1_000 &&
    delays.every(({ fate }) => fate === 'slow') &&
    clockSkewMs.every((ms) => ms === 0) &&
    Object.values(genesys).every((share) => share === 0) &&
    Object.values(troubles).every((share) => share === 0)
  );
};

const only = ({ blows }: Plan, kinds: readonly Blow['kind'][]): boolean => blows.every(({ kind }) => kinds.includes(kind));

/** No blow falls, either. */
export const isCalm = (plan: Plan): boolean => isFairWeather(plan) && plan.blows.length === 0;

/** Nothing befalls the workers but that they are asked to stop, and others take their place. */
export const isOnlyDeployed = (plan: Plan): boolean => isFairWeather(plan) && only(plan, ['deploy']);

/** TTL takes nothing. */
export const nothingExpires = (plan: Plan): boolean => !plan.blows.some(({ kind }) => kind === 'expire');

/** From when to when a service did not answer at all. */
export interface Outage {
  readonly of: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export const outagesIn = ({ effects }: History): readonly Outage[] =>
  effects.flatMap((begin, place) => {
    if (begin.kind !== 'outage' || begin.what !== 'begins') return [];
    const end = effects.slice(place).find((one) => one.kind === 'outage' && one.of === begin.of && one.what === 'ends');
    return [{ of: begin.of, fromMs: begin.atMs, toMs: end?.atMs ?? Infinity }];
  });
