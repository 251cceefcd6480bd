import { type Bounds, createPlaces, type Places, type StepTaken } from './places';
import { createSettling } from './settling';
import type { Place, Step } from './steps';
import { createVisited } from './visited';
import type { Walked } from './units';

export interface Walk {
  /** Places that were seen: what lies there, and the past of everybody. */
  readonly states: number;
  /** Ways that were gone until they ended, or met a place from which all had been seen. */
  readonly schedules: number;
  readonly ends: number;
  /** Times that the production code ran, each over a different past. */
  readonly runs: number;
  readonly sharedStates: number;
  readonly violation: { readonly breaches: readonly string[]; readonly schedule: readonly StepTaken[] } | null;
}

interface Frame {
  readonly place: Place;
  readonly steps: readonly Step[];
  /** How many of them have been taken. */
  taken: number;
}

/** Takes the frames' current steps once more, to say what was called and answered. */
const retrace = (places: Places, frames: readonly Frame[]): readonly StepTaken[] =>
  frames.filter(({ taken }) => taken > 0).map(({ place, steps, taken }) => places.describe(place, steps[taken - 1]!));

/**
 * Goes every way, depth first, and no way twice from the same place: what lies there, the past of every actor and who went last
 * say all that can follow within the bounds.
 */
export const walk = async (walked: Walked, bounds: Bounds, tell: (states: number) => void = () => undefined): Promise<Walk> => {
  const places = await createPlaces(walked);
  const settle = createSettling(walked, places);
  const visited = createVisited();
  let schedules = 0;
  let ends = 0;

  const frames: Frame[] = [];
  const arrive = (place: Place): void => {
    if (!visited.isNew(place)) {
      schedules += 1;
      return;
    }
    if (visited.count() % 10_000 === 0) tell(visited.count());
    frames.push({ place, steps: places.stepsFrom(place), taken: 0 });
  };
  const seen = (breaches: readonly string[]): Walk => ({
    states: visited.count(),
    schedules,
    ends,
    runs: places.stories.count(),
    sharedStates: places.outcomes.count(),
    violation: breaches.length === 0 ? null : { breaches, schedule: retrace(places, frames) },
  });

  arrive(places.begin(bounds));
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    if (frame.taken < frame.steps.length) {
      const step = frame.steps[frame.taken++]!;
      const { place, breach } = places.knownStep(frame.place, step) ?? (await places.take(frame.place, step));
      if (breach !== null) return seen([breach]);
      arrive(place);
      continue;
    }
    if (frame.steps.length === 0) {
      schedules += 1;
      ends += 1;
      const breaches = await settle(frame.place.shared);
      if (breaches.length > 0) return seen(breaches);
    }
    frames.pop();
  }
  return seen([]);
};
