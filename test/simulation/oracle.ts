import type { History } from './traffic';
import type { SimulatedWorld } from './world';

interface Revision {
  readonly conversationId: string;
  readonly life: string;
  readonly revision: number;
  readonly status: string;
  readonly supersedes: number | null;
  readonly lifecycle: readonly { readonly timestamp: string | null; readonly action: string }[];
}

/** Names of the executions that there must be, and no others. */
const expectedName = ({ conversationId, life, revision }: Revision): string => `${conversationId}_${life}_${String(revision)}`;

/** What is wrong with how a history ended, promise by promise; empty when every promise was kept. Naive on purpose. */
export const findBreaches = (history: History, world: SimulatedWorld): readonly string[] => {
  const breaches: string[] = [];
  const revisions: readonly Revision[] = world.table.records().map(({ record }) => record);

  for (const { conversationId, facts, isComplete } of history.scripts) {
    const own = revisions.filter((one) => one.conversationId === conversationId).sort((a, b) => a.revision - b.revision);
    const last = own.at(-1);
    if (!last) {
      breaches.push(`promise 4: ${conversationId} has no record`);
      continue;
    }
    own.forEach((one, index) => {
      if (one.revision !== index + 1)
        breaches.push(`promise 3: ${conversationId} has revision ${String(one.revision)} at place ${String(index + 1)}`);
      if (one.supersedes !== (index === 0 ? null : index)) breaches.push(`promise 4: ${conversationId} supersedes wrongly`);
    });
    const said = last.lifecycle.map(({ action, timestamp }) => `${String(timestamp)} ${action}`);
    const happened = facts.map(({ type, eventTimeMs }) => `${new Date(eventTimeMs).toISOString()} ${type}`);
    if (JSON.stringify(said) !== JSON.stringify(happened)) {
      breaches.push(`promises 2 and 4: ${conversationId} says ${JSON.stringify(said)}, happened ${JSON.stringify(happened)}`);
    }
    if ((last.status === 'final') !== isComplete) breaches.push(`${conversationId} ended ${last.status}`);
  }

  const started = [...world.stateMachine.executions().keys()].sort();
  const expected = revisions.map(expectedName).sort();
  if (JSON.stringify(started) !== JSON.stringify(expected)) {
    breaches.push(`promise 3: started ${started.join(' ')}, expected ${expected.join(' ')}`);
  }
  const published = new Set(world.topic.published().map(({ message }) => message));
  for (const { outbox } of world.table.records()) {
    if (!published.has(outbox.notification.message)) breaches.push(`a revision was not published`);
    if (outbox.execution && world.stateMachine.executions().get(outbox.execution.name) !== outbox.execution.input) {
      breaches.push(`promise 3: ${outbox.execution.name} was started with other bytes than its record's`);
    }
  }
  if (world.deadLetters.letters().length > 0) breaches.push('promise 7: something was dead-lettered');
  for (const head of world.table.heads()) {
    if (head.state !== 'closed') breaches.push(`promise 5: the window of ${head.conversationId} is ${head.state}`);
  }
  return breaches;
};
