import type { Places } from './places';
import { breachesAtTheEnd } from './promises';
import { dueIn } from './table';
import { type Unit, type Walked } from './units';

/** More than any window needs that nothing disturbs: a resumed record, a late one, one more look. */
const patience = 12;

/**
 * What comes after an end: all is calm, a fresh worker admits what is left in the queue and closes what is due, until nothing is.
 * Answers what is broken then.
 */
export const createSettling = ({ world }: Walked, { calls, stories, outcomes }: Places) => {
  const known = new Map<number, readonly string[]>();

  /** Alone it is never kept waiting. */
  const play = async (shared: number, unit: Unit, visible: readonly string[]) => {
    let story = await stories.begin(unit);
    let state = shared;
    let breach: string | null = null;
    while (story.asks !== null) {
      const { name } = calls.at(story.asks);
      const call = name === 'queue.receive' ? calls.numberOf({ name, args: [visible] }) : story.asks;
      const outcome = outcomes.of(state, call);
      state = outcome.state;
      breach ??= outcome.breach;
      story = stories.known(story, outcome.answer) ?? (await stories.goOn(story, outcome.answer));
    }
    return { shared: state, breach };
  };

  const settle = async (shared: number): Promise<readonly string[]> => {
    const handBack = calls.numberOf({ name: 'queue.handBack', args: [world.messages.map(({ message }) => message.id)] });
    let { state } = outcomes.of(shared, handBack);
    for (let n = 0; n < patience; n++) {
      const { queue, table } = outcomes.at(state);
      const due = dueIn(table);
      const visible = [...queue].flatMap(([id, place]) => (place === 'visible' ? [id] : []));
      if (visible.length === 0 && !due) return breachesAtTheEnd(world, outcomes.at(state));
      const played = await play(
        state,
        visible.length > 0 ? { does: 'admit', n: 0 } : { does: 'close', n: world.watermarksMs.length + n },
        visible,
      );
      if (played.breach !== null) return [played.breach];
      state = played.shared;
    }
    return [
      `promise 5: the window is still ${outcomes.at(state).table.head?.value.state ?? 'missing'} after ${patience} calm looks`,
    ];
  };

  return async (shared: number): Promise<readonly string[]> => {
    const breaches = known.get(shared) ?? (await settle(shared));
    known.set(shared, breaches);
    return breaches;
  };
};
