import { isObject, type JsonObject } from '../json';
import { applyUpcasts, type Steps } from './upcast';
import type { Validate, Verdict } from './verdict';

/** How the events of one subject are judged and read. */
export interface Reader {
  readonly validate: Validate;
  /** The body of an event that is stored under a version, as the newest one has it. Throws what an upcast throws. */
  readonly toNewest: (body: JsonObject, storedVersion: number) => JsonObject;
}

/** Of a subject without upcasts: what its older versions allow, the newest does as well, and in the same sense. */
export const readerOfNewest = (validate: Validate): Reader => ({ validate, toNewest: (body) => body });

/*
 * Of a subject with upcasts:
 *
 *     v1   v2   v3 ──upcast──► v4   v5 ──upcast──► v6   v7
 *     └─ stage 3 ─┘            └─ 5 ─┘             newest
 *
 * Within a stage every version allows what those before it do, so its last one stands for all.
 */
interface Stage {
  readonly validate: Validate;
  /** What is left to do for a body of this stage. */
  readonly steps: Steps;
  readonly version: number;
}

const driftOf = (verdict: Verdict): number => (verdict.ok ? verdict.drift.length : Infinity);

const olderStages = (steps: Steps, validateBy: (version: number) => Validate): readonly Stage[] =>
  steps.map(({ from }, index) => ({ version: from, validate: validateBy(from), steps: steps.slice(index) }));

/** An older version's word counts for a body that is of use once it has been brought to the newest. */
const judge = ({ validate, steps }: Stage, value: JsonObject, newest: Stage): Verdict => {
  const verdict = validate(value);
  if (!verdict.ok) return verdict;
  try {
    const current = newest.validate(applyUpcasts(steps, value));
    return current.ok ? verdict : current;
  } catch {
    return { ok: false, detail: 'an upcast failed on it' };
  }
};

/**
 * What arrives is judged by the version that it fits best, that is with the least drift; of several, by the newest. Archives
 * hold what was sent before a breaking step, and it may pass the newest version as well, with all that matters in it taken for
 * drift. A refusal is the newest version's.
 */
const validateByBest =
  (older: readonly Stage[], newest: Stage): Validate =>
  (value) => {
    let best = newest.validate(value);
    if (driftOf(best) === 0 || !isObject(value)) return best;
    for (const stage of older.toReversed()) {
      const verdict = judge(stage, value, newest);
      if (driftOf(verdict) < driftOf(best)) best = verdict;
    }
    return best;
  };

/**
 * From the stage it is stored under: its shape alone need not tell (seconds that became milliseconds). From a later one if that
 * fits it better: a worker that does not know the newest version yet stores what it gets under the newest that it knows.
 */
const bringToNewest =
  (stages: readonly Stage[]): Reader['toNewest'] =>
  (body, storedVersion) => {
    const [stored, ...later] = stages.filter(({ version }) => version >= storedVersion);
    if (!stored || later.length === 0) return body;
    let best = { stage: stored, drift: driftOf(stored.validate(body)) };
    for (const stage of later) {
      const drift = driftOf(stage.validate(body));
      if (drift < best.drift) best = { stage, drift };
    }
    return applyUpcasts(best.stage.steps, body);
  };

/** `validateBy` answers how a version judges. */
export const readerByStages = (steps: Steps, version: number, validateBy: (version: number) => Validate): Reader => {
  const older = olderStages(steps, validateBy);
  const newest: Stage = { version, validate: validateBy(version), steps: [] };
  return { validate: validateByBest(older, newest), toNewest: bringToNewest([...older, newest]) };
};
