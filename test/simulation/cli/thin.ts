import type { Plan, Sent } from '../history';
import type { Weather } from '../weather';

/** Whether a plan still breaks what the whole one broke. */
export type StillBreaks = (plan: Plan) => Promise<boolean>;

export interface Thinned {
  readonly plan: Plan;
  readonly replays: number;
}

/** Whatever is left out changes the chances of all that follows: a thinner plan is tried under a few other skies as well. */
const skies = 4;

type Shape = (plan: Plan) => Plan;

/** Tries thinner plans, and remembers the thinnest that still breaks; gives up quietly when its replays are used up. */
const createTrial = (whole: Plan, stillBreaks: StillBreaks, mostReplays: number) => {
  let best = whole;
  let replays = 0;
  const holds = async (plan: Plan): Promise<boolean> => {
    for (let sky = 0; sky < skies && replays < mostReplays; sky++) {
      const candidate = { ...plan, seed: plan.seed + sky * 1_000_003 };
      replays++;
      if (await stillBreaks(candidate)) {
        best = candidate;
        return true;
      }
    }
    return false;
  };
  return { best: () => best, replays: () => replays, isSpent: () => replays >= mostReplays, holds };
};

type Trial = ReturnType<typeof createTrial>;

/** Delta debugging: leaves out ever smaller parts of a list, as long as what remains still breaks. */
const thinList = async <T>(
  trial: Trial,
  of: (plan: Plan) => readonly T[],
  without: (plan: Plan, gone: ReadonlySet<T>) => Plan,
) => {
  for (let size = of(trial.best()).length; size >= 1 && !trial.isSpent(); size = Math.floor(size / 2)) {
    for (let at = 0; at < of(trial.best()).length && !trial.isSpent();) {
      const gone = new Set(of(trial.best()).slice(at, at + size));
      if (!(await trial.holds(without(trial.best(), gone)))) at += size;
    }
  }
};

const carries = (facts: ReadonlySet<string>, { facts: carried }: Pick<Sent, 'facts'>): boolean =>
  carried.some((fact) => facts.has(fact));

/** A conversation with all that was sent of it. */
const withoutScripts = (plan: Plan, gone: ReadonlySet<Plan['scripts'][number]>): Plan => {
  const facts = new Set([...gone].flatMap((script) => script.facts.map(({ id }) => id)));
  return {
    ...plan,
    scripts: plan.scripts.filter((script) => !gone.has(script)),
    messages: plan.messages.filter((message) => !carries(facts, message)),
    ambushes: plan.ambushes.filter((ambush) => !carries(facts, ambush)),
  };
};

/** What nobody sends any more did not happen. */
const withoutUnsent = (plan: Plan): Plan => {
  const sent = new Set([...plan.messages, ...plan.ambushes].flatMap(({ facts }) => facts));
  const scripts = plan.scripts.map((script) => ({ ...script, facts: script.facts.filter(({ id }) => sent.has(id)) }));
  return { ...plan, scripts: scripts.filter(({ facts }) => facts.length > 0) };
};

const without =
  <K extends 'messages' | 'ambushes' | 'delays' | 'blows'>(key: K) =>
  (plan: Plan, gone: ReadonlySet<Plan[K][number]>): Plan =>
    withoutUnsent({ ...plan, [key]: (plan[key] as readonly Plan[K][number][]).filter((one) => !gone.has(one)) });

const calmKnobs = (weather: Weather): readonly Shape[] => {
  const set =
    (part: Partial<Weather>): Shape =>
    (plan) => ({ ...plan, weather: { ...plan.weather, ...part } });
  const numbers = Object.entries(weather).filter(([, value]) => typeof value === 'number' && value > 0);
  const genesys = Object.entries(weather.genesys).filter(([, value]) => value > 0);
  return [
    ...numbers.map(([knob]) => set({ [knob]: 0 })),
    ...genesys.map(([knob]): Shape => (plan) => ({
      ...plan,
      weather: { ...plan.weather, genesys: { ...plan.weather.genesys, [knob]: 0 } },
    })),
    ...(weather.clockSkewMs.some((skew) => skew !== 0) ? [set({ clockSkewMs: weather.clockSkewMs.map(() => 0) })] : []),
  ];
};

/** The last worker leaves; what would have struck it strikes nobody. */
const oneWorkerLess: Shape = (plan) => {
  const workers = plan.workers - 1;
  const blows = plan.blows.filter((blow) => !('worker' in blow) || blow.worker < workers);
  return { ...plan, workers, blows, weather: { ...plan.weather, clockSkewMs: plan.weather.clockSkewMs.slice(0, workers) } };
};

const sizeOf = (plan: Plan): number =>
  plan.scripts.length +
  plan.messages.length +
  plan.ambushes.length +
  plan.delays.length +
  plan.blows.length +
  plan.workers +
  calmKnobs(plan.weather).length;

/** The least that still breaks: fewer conversations, blows, ambushes, messages, workers, and better weather. */
export const thin = async (whole: Plan, stillBreaks: StillBreaks, mostReplays: number): Promise<Thinned> => {
  const trial = createTrial(whole, stillBreaks, mostReplays);
  for (let before = Infinity; sizeOf(trial.best()) < before && !trial.isSpent();) {
    before = sizeOf(trial.best());
    await thinList(trial, (plan) => plan.scripts, withoutScripts);
    for (const calm of calmKnobs(trial.best().weather)) await trial.holds(calm(trial.best()));
    await thinList(trial, (plan) => plan.blows, without('blows'));
    while (trial.best().workers > 1 && (await trial.holds(oneWorkerLess(trial.best())))) continue;
    await thinList(trial, (plan) => plan.messages, without('messages'));
    await thinList(trial, (plan) => plan.ambushes, without('ambushes'));
    await thinList(trial, (plan) => plan.delays, without('delays'));
  }
  return { plan: trial.best(), replays: trial.replays() };
};
