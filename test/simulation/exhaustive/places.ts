import { type Answer, type Call, textOf } from './calls';
import { interned } from './interned';
import { createOutcomes, internedAnswers } from './outcomes';
import { createStories, type Story } from './stories';
import { dueIn } from './table';
import { actors, type Walked } from './units';
import type { Bounds, StepTaken } from './walk';

/** Where all actors stand, between two steps of any of them. */
export interface Place {
  /** Number of what they share. */
  readonly shared: number;
  /** By actor: number of its story; null when it does nothing any more. */
  readonly stories: readonly (number | null)[];
  readonly last: number | null;
  readonly preemptions: number;
  readonly faults: number;
}

export interface Step {
  readonly actor: number;
  readonly kind: 'answered' | 'answer lost' | 'refused' | 'worker crashes';
  /** Number of the call, the choice of messages included. */
  readonly call: number;
  readonly isPreemption: boolean;
}

export interface Went {
  readonly place: Place;
  readonly breach: string | null;
}

const lost: Answer = { error: new Error('the answer was lost') };

/** Between two units an actor waits for a poll or a tick, and asleep for time: to leave it there is no preemption. */
const isWait = (name: string): boolean => name === 'queue.receive' || name === 'table.due' || name === 'clock.sleep';

/** What no answer is lost of: a wait, a hand-back (the visibility timeout does the same), and Genesys, which answers everything. */
const cannotFail = (name: string): boolean => isWait(name) || name === 'queue.handBack' || name === 'details.fetch';

export const createActors = (walked: Walked, walking: number) => {
  const calls = interned<Call>(textOf);
  const answers = internedAnswers();
  const stories = createStories(walked, calls, answers);
  const outcomes = createOutcomes(walked.world, calls, answers);
  const lostAnswer = answers.numberOf(lost);
  const closes = walked.world.watermarksMs.length;

  const begin = async (actor: number, n: number): Promise<number | null> =>
    actors[actor]!.does === 'close' && n >= closes ? null : (await stories.begin({ actor, n })).id;

  /** Calls that an actor may make now: none while it has nothing to wait for, one for each choice of messages. */
  const callsOf = (shared: number, actor: number, asks: number): readonly number[] => {
    const { name } = calls.at(asks);
    if (name === 'table.due') return dueIn(outcomes.at(shared).table) === null ? [] : [asks];
    if (name !== 'queue.receive') return [asks];
    const visible = [...outcomes.at(shared).queue].flatMap(([id, place]) => (place === 'visible' ? [id] : []));
    const choices = visible.map((id) => [id]);
    if (walked.world.batches && visible.length > 1) choices.push(visible);
    return choices.map((ids) => calls.numberOf({ name, args: [ids, actor] }));
  };

  const colleaguesOf = (actor: number): readonly number[] =>
    actors.flatMap((one, other) => (one.worker === actors[actor]!.worker ? [other] : []));

  const asksOf = ({ stories: pasts }: Place, actor: number): number | null => {
    const story = pasts[actor];
    return story === null || story === undefined ? null : stories.at(story).asks;
  };

  const isMidway = (place: Place, actor: number): boolean => {
    const asks = asksOf(place, actor);
    return asks !== null && !isWait(calls.at(asks).name);
  };

  /** A worker dies right after its own last step, or not at all: whoever dies later took no step since, as if it had waited. */
  const crashFrom = (place: Place): readonly Step[] => {
    const { last } = place;
    if (last === null || place.faults === 0) return [];
    const call = calls.numberOf({ name: 'queue.release', args: [colleaguesOf(last)] });
    return [{ actor: last, kind: 'worker crashes', call, isPreemption: false }];
  };

  const stepsFrom = (place: Place): readonly Step[] => {
    const { last } = place;
    const isFree = last === null || !isMidway(place, last);
    const steps = [...Array(walking).keys()].flatMap((actor): readonly Step[] => {
      const asks = asksOf(place, actor);
      const isPreemption = !isFree && actor !== last;
      if (asks === null || (isPreemption && place.preemptions === 0)) return [];
      return callsOf(place.shared, actor, asks).flatMap((call): readonly Step[] => {
        const step = { actor, kind: 'answered', call, isPreemption } as const;
        if (place.faults === 0 || cannotFail(calls.at(call).name)) return [step];
        return [step, { ...step, kind: 'answer lost' }, { ...step, kind: 'refused' }];
      });
    });
    return [...steps, ...crashFrom(place)];
  };

  /** Who went last matters only while its worker holds something. */
  const placeAfter = (place: Place, step: Step, shared: number, story: number | null): Place => {
    const after = {
      shared,
      stories: place.stories.map((one, actor) => (actor === step.actor ? story : one)),
      last: null,
      preemptions: place.preemptions - (step.isPreemption ? 1 : 0),
      faults: place.faults - (step.kind === 'answered' ? 0 : 1),
    };
    return colleaguesOf(step.actor).some((actor) => isMidway(after, actor)) ? { ...after, last: step.actor } : after;
  };

  const afterCrash = (place: Place, step: Step, shared: number): Place => {
    const { worker } = actors[step.actor]!;
    const left = place.stories.map((one, actor) => (actors[actor]!.worker === worker ? null : one));
    return { ...place, shared, stories: left, last: null, faults: place.faults - 1 };
  };

  const answerOf = (step: Step, answered: number): number => (step.kind === 'answered' ? answered : lostAnswer);

  /** The same as `take`, where nothing of it is new; undefined otherwise. */
  const knownStep = (place: Place, step: Step): Went | undefined => {
    const outcome = outcomes.of(place.shared, step.call);
    if (step.kind === 'worker crashes') return { place: afterCrash(place, step, outcome.state), breach: null };
    const story = stories.known(stories.at(place.stories[step.actor]!), answerOf(step, outcome.answer));
    if (!story || story.asks === null) return undefined;
    const isRefused = step.kind === 'refused';
    const shared = isRefused ? place.shared : outcome.state;
    return { place: placeAfter(place, step, shared, story.id), breach: isRefused ? null : outcome.breach };
  };

  const take = async (place: Place, step: Step): Promise<Went> => {
    const outcome = outcomes.of(place.shared, step.call);
    if (step.kind === 'worker crashes') return { place: afterCrash(place, step, outcome.state), breach: null };
    const past: Story = stories.at(place.stories[step.actor]!);
    const answer = answerOf(step, outcome.answer);
    const story = stories.known(past, answer) ?? (await stories.goOn(past, answer));
    const next = story.asks === null ? await begin(step.actor, story.unit.n + 1) : story.id;
    const isRefused = step.kind === 'refused';
    return {
      place: placeAfter(place, step, isRefused ? place.shared : outcome.state, next),
      breach: isRefused ? null : outcome.breach,
    };
  };

  return {
    calls,
    stories,
    outcomes,
    knownStep,
    take,
    stepsFrom,
    keyOf: ({ shared, stories: pasts, last, preemptions, faults }: Place): string =>
      `${shared} ${pasts.join(' ')} ${last} ${preemptions} ${faults}`,
    begin: async ({ preemptions, faults }: Bounds): Promise<Place> => ({
      shared: outcomes.begin(),
      stories: await Promise.all(actors.map((_, actor) => (actor < walking ? begin(actor, 0) : null))),
      last: null,
      preemptions,
      faults,
    }),
    describe: (place: Place, step: Step): StepTaken => ({
      actor: step.actor,
      kind: step.kind,
      call: calls.at(step.call),
      answer: answers.at(outcomes.of(place.shared, step.call).answer),
    }),
  };
};

export type Actors = ReturnType<typeof createActors>;
