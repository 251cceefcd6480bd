import type { Answer } from './calls';
import { type Actors, createActors, type Place, type Step } from './places';
import { createSettling } from './settling';
import { actors, type Walked } from './units';

export interface Bounds {
  /** Switches away from an actor that could go on. */
  readonly preemptions: number;
  /** Crashes of a worker, or answers lost. */
  readonly faults: number;
}

/** One step of a schedule, as it went. */
export interface StepTaken {
  readonly actor: number;
  readonly kind: Step['kind'];
  readonly call: { readonly name: string; readonly args: readonly unknown[] };
  readonly answer: Answer;
}

export interface Walk {
  readonly states: number;
  /** Ways through these states from the beginning to an end. */
  readonly schedules: number;
  readonly ends: number;
  /** Times that the production code ran, each over a different past. */
  readonly runs: number;
  readonly sharedStates: number;
  readonly violation: { readonly breaches: readonly string[]; readonly schedule: readonly StepTaken[] } | null;
}

interface Frame {
  readonly place: Place;
  readonly key: string;
  readonly steps: readonly Step[];
  /** How many of them have been taken. */
  taken: number;
  schedules: number;
}

const frameOf = (all: Actors, place: Place, key: string): Frame => ({ place, key, steps: all.stepsFrom(place), taken: 0, schedules: 0 });

/** Takes the frames' current steps once more, to say what was called and answered. */
const retrace = (all: Actors, frames: readonly Frame[]): readonly StepTaken[] =>
  frames.filter(({ taken }) => taken > 0).map(({ place, steps, taken }) => all.describe(place, steps[taken - 1]!));

/**
 * Goes every way, depth first, and no way twice from the same place: what lies there, the past of every actor, who went last and
 * what is left of the bounds say all that can follow. A past only grows, so there are no circles.
 */
export const walk = async (walked: Walked, bounds: Bounds, tell: (states: number) => void = () => undefined): Promise<Walk> => {
  const all = createActors(walked, actors.length - 2);
  const settle = createSettling(walked, all);
  const schedulesFrom = new Map<string, number>();
  let ends = 0;

  const answer = (schedules: number, violation: Walk['violation']): Walk => ({
    states: schedulesFrom.size,
    schedules,
    ends,
    runs: all.stories.count(),
    sharedStates: all.outcomes.count(),
    violation,
  });

  const first = await all.begin(bounds);
  const frames: Frame[] = [frameOf(all, first, all.keyOf(first))];
  for (;;) {
    const frame = frames.at(-1)!;
    if (frame.taken < frame.steps.length) {
      const step = frame.steps[frame.taken++]!;
      const known = all.knownStep(frame.place, step);
      const went = known ?? (await all.take(frame.place, step));
      if (went.breach !== null) return answer(0, { breaches: [went.breach], schedule: retrace(all, frames) });
      const key = all.keyOf(went.place);
      const schedules = schedulesFrom.get(key);
      if (schedules === undefined) frames.push(frameOf(all, went.place, key));
      else frame.schedules += schedules;
      continue;
    }
    if (frame.steps.length === 0) {
      ends += 1;
      frame.schedules = 1;
      const breaches = await settle(frame.place.shared);
      if (breaches.length > 0) return answer(0, { breaches, schedule: retrace(all, frames) });
    }
    schedulesFrom.set(frame.key, frame.schedules);
    if (schedulesFrom.size % 20_000 === 0) tell(schedulesFrom.size);
    frames.pop();
    const parent = frames.at(-1);
    if (!parent) return answer(frame.schedules, null);
    parent.schedules += frame.schedules;
  }
};
