import { type Answer, type Call, textOf } from './calls';
import { interned } from './interned';
import { createOutcomes, internedAnswers } from './outcomes';
import { choiceOfSteps, type Place, type Step } from './steps';
import { createStories, type Story } from './stories';
import { actors, colleaguesOf, type Walked } from './units';

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
  readonly call: Call;
  readonly answer: Answer;
}

interface Went {
  readonly place: Place;
  readonly breach: string | null;
}

const lost: Answer = { error: new Error('the answer was lost') };

/** Leads from place to place. */
export const createPlaces = async (walked: Walked) => {
  const calls = interned<Call>(textOf);
  const answers = internedAnswers();
  const stories = createStories(walked, calls, answers);
  const outcomes = createOutcomes(walked.world, calls, answers);
  const { stepsFrom, holdsSomething } = choiceOfSteps({ walked, calls, stories, outcomes });
  const lostAnswer = answers.numberOf(lost);
  const admit = await stories.begin({ does: 'admit', n: 0 });
  const closes = await Promise.all(walked.world.watermarksMs.map((_, n) => stories.begin({ does: 'close', n })));
  /** Where an actor stands between two units. Which close it is shows when it finds a window. */
  const idle = (actor: number): number => (actors[actor]!.does === 'admit' ? admit : closes[0]!).id;

  const isBegin = (place: Place, step: Step): boolean => place.stories[step.actor] === closes[0]!.id;

  const placeAfter = (place: Place, step: Step, shared: number, story: number | null): Place => {
    const after = {
      shared,
      stories: place.stories.map((one, actor) => (actor === step.actor ? story : one)),
      last: step.actor,
      closes: place.closes + (isBegin(place, step) ? 1 : 0),
      preemptions: place.preemptions - (step.isPreemption ? 1 : 0),
      faults: place.faults - (step.kind === 'answered' ? 0 : 1),
    };
    // Who went last matters only while its worker holds something.
    return holdsSomething(after, step.actor) ? after : { ...after, last: null };
  };

  const afterCrash = (place: Place, step: Step, shared: number): Place => {
    const dead = colleaguesOf(step.actor);
    const left = place.stories.map((one, actor) => (dead.includes(actor) ? null : one));
    return { ...place, shared, stories: left, last: null, faults: place.faults - 1 };
  };

  const storyAfter = (place: Place, step: Step, answered: number): readonly [Story, number] => [
    isBegin(place, step) ? closes[place.closes]! : stories.at(place.stories[step.actor]!),
    step.kind === 'answered' ? answered : lostAnswer,
  ];

  const went = (place: Place, step: Step, story: number | null): Went => {
    const outcome = outcomes.of(place.shared, step.call);
    const isRefused = step.kind === 'refused';
    return {
      place: placeAfter(place, step, isRefused ? place.shared : outcome.state, story),
      breach: isRefused ? null : outcome.breach,
    };
  };

  return {
    calls,
    stories,
    outcomes,
    stepsFrom,
    /** The same as `take`, where nothing of it is new; undefined otherwise. */
    knownStep: (place: Place, step: Step): Went | undefined => {
      const { state, answer } = outcomes.of(place.shared, step.call);
      if (step.kind === 'worker crashes') return { place: afterCrash(place, step, state), breach: null };
      const story = stories.known(...storyAfter(place, step, answer));
      return story && went(place, step, story.asks === null ? idle(step.actor) : story.id);
    },
    take: async (place: Place, step: Step): Promise<Went> => {
      const [past, answer] = storyAfter(place, step, outcomes.of(place.shared, step.call).answer);
      const story = stories.known(past, answer) ?? (await stories.goOn(past, answer));
      return went(place, step, story.asks === null ? idle(step.actor) : story.id);
    },
    begin: ({ preemptions, faults }: Bounds): Place => ({
      shared: outcomes.begin(),
      stories: [...actors.keys()].map(idle),
      last: null,
      closes: 0,
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

export type Places = Awaited<ReturnType<typeof createPlaces>>;
