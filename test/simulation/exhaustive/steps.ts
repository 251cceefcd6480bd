import type { Call } from './calls';
import type { Interned } from './interned';
import type { Outcomes } from './outcomes';
import type { Stories } from './stories';
import type { Message } from '../../../src/ports';
import { dueIn } from './table';
import { actors, colleaguesOf, type Walked } from './units';

/** Where all actors stand, between two steps of any of them. */
export interface Place {
  /** Number of what they share. */
  readonly shared: number;
  /** By actor: number of its story; null when it does nothing any more. */
  readonly stories: readonly (number | null)[];
  /** Who went last, while its worker holds something. */
  readonly last: number | null;
  /** Closes that were begun. */
  readonly closes: number;
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

interface Known {
  readonly walked: Walked;
  readonly calls: Interned<Call>;
  readonly stories: Stories;
  readonly outcomes: Outcomes;
}

/** Between two units an actor waits for a poll or a tick, and asleep for time: to leave it there is no preemption. */
const waits: ReadonlySet<string> = new Set(['queue.receive', 'table.due', 'clock.sleep']);

/** What no answer is lost of: a wait, a hand-back (the visibility timeout does the same), and Genesys, which answers everything. */
const cannotFail: ReadonlySet<string> = new Set([...waits, 'queue.handBack', 'details.fetch']);

/**
 * Calls that touch nothing another looks at: it makes no difference whether another comes in right before them or right after.
 * So nobody comes in before them. A start and a publication only add, and what they are checked against only grows, too.
 */
const commutes: ReadonlySet<string> = new Set([
  ...['queue.delete', 'queue.handBack', 'stateMachine.start', 'topic.publish', 'topic.publishAll'],
]);

const range = (end: number): readonly number[] => [...Array(end).keys()];

/** Which steps may be taken from a place, those first that cost nothing of the bounds. */
export const choiceOfSteps = ({ walked, calls, stories, outcomes }: Known) => {
  const receives = new Map<number, readonly number[]>();
  const alike = new Map(walked.world.messages.map(({ message, facts }) => [message.id, `${message.sentAtMs} ${facts.join()}`]));

  /** Of messages that say the same and were sent together the first stands for all. */
  const receivesOf = (shared: number): readonly number[] => {
    const known = receives.get(shared);
    if (known) return known;
    const visible = [...outcomes.at(shared).queue].flatMap(([id, where]) => (where === 'visible' ? [id] : []));
    const different = visible.filter((id, index) => visible.findIndex((one) => alike.get(one) === alike.get(id)) === index);
    const choices = different.map((id) => [id]);
    if (walked.world.batches && visible.length > 1) choices.push(visible);
    const made = choices.map((ids) => calls.numberOf({ name: 'queue.receive', args: [ids] }));
    receives.set(shared, made);
    return made;
  };

  const asksOf = ({ stories: pasts }: Place, actor: number): number | null => {
    const story = pasts[actor];
    return story === null || story === undefined ? null : stories.at(story).asks;
  };

  /** Calls that an actor may make now: none while it waits in vain. */
  const callsOf = ({ shared, closes }: Place, asks: number): readonly number[] => {
    const { name } = calls.at(asks);
    const mayClose = closes < walked.world.watermarksMs.length && dueIn(outcomes.at(shared).table) !== null;
    if (name === 'table.due') return mayClose ? [asks] : [];
    return name === 'queue.receive' ? receivesOf(shared) : [asks];
  };

  const isMidway = (place: Place, actor: number): boolean => {
    const asks = asksOf(place, actor);
    return asks !== null && !waits.has(calls.at(asks).name);
  };

  /** What it received in this unit; handing back what it has deleted since does nothing. */
  const messagesHeldBy = ({ stories: pasts }: Place, actor: number): readonly string[] => {
    const story = pasts[actor];
    const received = typeof story === 'number' && actors[actor]!.does === 'admit' ? stories.at(story).answers[0] : undefined;
    return received && 'value' in received ? (received.value as readonly Message[]).map(({ id }) => id) : [];
  };

  /** Two that stand alike are one: whoever is idle first. */
  const isAsGoodAs = (place: Place, actor: number, earlier: number): boolean => {
    if (actors[actor]!.does !== actors[earlier]!.does || place.stories[actor] !== place.stories[earlier]) return false;
    const other = (one: number): number => colleaguesOf(one).find((colleague) => colleague !== one)!;
    return place.faults === 0 || place.stories[other(actor)] === place.stories[other(earlier)];
  };

  /** The first write after a receive: before it nothing has happened but that nobody else can receive the message. */
  const mustGoOn = (place: Place): boolean => {
    const { last } = place;
    const asks = last === null ? null : asksOf(place, last);
    if (asks === null) return false;
    const isFirstWrite = calls.at(asks).name === 'table.writeEvents' && stories.at(place.stories[last!]!).answers.length === 1;
    return isFirstWrite || commutes.has(calls.at(asks).name);
  };

  /** A worker dies right after its own last step, or not at all: who dies later took no step since, as if it had waited. */
  const crashFrom = (place: Place): readonly Step[] => {
    const { last, faults } = place;
    if (last === null || faults === 0) return [];
    const held = colleaguesOf(last).flatMap((actor) => messagesHeldBy(place, actor));
    const call = calls.numberOf({ name: 'queue.handBack', args: [held] });
    return [{ actor: last, kind: 'worker crashes', call, isPreemption: false }];
  };

  const stepsOf = (place: Place, actor: number, isPreemption: boolean): readonly Step[] => {
    const asks = asksOf(place, actor);
    if (asks === null || (isPreemption && place.preemptions === 0)) return [];
    return callsOf(place, asks).map((call) => ({ actor, kind: 'answered', call, isPreemption }));
  };

  const faultsOf = (place: Place, step: Step): readonly Step[] => {
    if (place.faults === 0 || cannotFail.has(calls.at(step.call).name)) return [];
    const isLost: Step = { ...step, kind: 'answer lost' };
    return walked.world.refusals ? [isLost, { ...step, kind: 'refused' }] : [isLost];
  };

  return {
    stepsFrom: (place: Place): readonly Step[] => {
      const { last } = place;
      const isFree = last === null || !isMidway(place, last);
      const different = [...actors.keys()].filter(
        (actor) => actor === last || !range(actor).some((one) => isAsGoodAs(place, actor, one)),
      );
      const mayGo = last !== null && mustGoOn(place) ? [last] : different;
      const sorted = isFree ? mayGo : [last, ...mayGo.filter((actor) => actor !== last)];
      const steps = sorted.flatMap((actor) => stepsOf(place, actor, !isFree && actor !== last));
      return [...steps, ...steps.flatMap((step) => faultsOf(place, step)), ...crashFrom(place)];
    },
    holdsSomething: (place: Place, actor: number): boolean => colleaguesOf(actor).some((one) => isMidway(place, one)),
  };
};
