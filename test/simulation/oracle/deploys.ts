import type { Breach } from '../history';
import { isOnlyDeployed } from './conditions';
import { breach, effectsOf } from './effects';
import type { Evidence } from './evidence';
import { groupBy } from './content';

/*
 * Promise 8. Who is asked to stop ends. Where nothing else befalls the workers, a deploy starts nothing twice, publishes nothing
 * twice, and sets nothing aside that was not bad (that, and the number of letters, is judged with the bad messages; that it makes
 * no further revision, with the windows' times).
 */
export const judgeDeploys = ({ plan, history }: Evidence): readonly Breach[] => {
  const endMs = history.effects.at(-1)?.atMs ?? 0;
  const stuck =
    history.stuckWorkers > 0
      ? [breach(8, endMs, `expected every worker that was asked to stop to end, got ${history.stuckWorkers} at work`)]
      : [];
  if (!isOnlyDeployed(plan) || plan.blows.length === 0) return stuck;
  const again = effectsOf(history, 'started').filter(({ answer }) => answer === 'already');
  // What is passed on is published once for each message that brings it.
  const published = effectsOf(history, 'published').filter(({ attributes }) => attributes['kind'] !== 'passed-event');
  const copies = [...groupBy(published, ({ message }) => message).values()].filter(({ length }) => length > 1);
  return [
    ...stuck,
    ...again.map(({ name, atMs }) => breach(8, atMs, `expected a deploy to start nothing twice, got ${name} again`)),
    ...copies.map((same) =>
      breach(8, same[1]!.atMs, `expected a deploy to publish nothing twice, got ${same[1]!.message.slice(0, 120)}`),
    ),
  ];
};
