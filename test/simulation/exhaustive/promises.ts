import type { Call } from './calls';
import type { Shared } from './shared';
import { conversationId, type SmallWorld } from './small-worlds';
import { eventsIn, recordsIn } from './table';

/* What must hold, said of what lies in the table, the queue and downstream. */

interface Revision {
  readonly life: string;
  readonly revision: number;
  readonly pane: string;
  readonly lifecycle: readonly { readonly timestamp: string | null; readonly action: string }[];
}

const factsOf = ({ lifecycle }: Revision): readonly string[] =>
  lifecycle.map(({ timestamp, action }) => `${String(timestamp)} ${action}`).sort();

const lacks = (some: readonly string[], wanted: readonly string[]): readonly string[] =>
  wanted.filter((one) => !some.includes(one));

const nameOf = ({ life, revision }: Revision): string => `${conversationId}_${life}_${revision}`;

const storedFacts = ({ table }: Shared): readonly string[] =>
  eventsIn(table).map(({ event }) => `${new Date(event.eventTimeMs).toISOString()} ${event.type}`);

/** What a call breaks at the moment it is made. */
export const breachOfCall = (world: SmallWorld, before: Shared, { name, args }: Call): string | null => {
  switch (name) {
    case 'queue.delete': {
      const ids = args[0] as readonly string[];
      const facts = world.messages.filter(({ message }) => ids.includes(message.id)).flatMap((one) => one.facts);
      const lost = lacks(storedFacts(before), facts);
      return lost.length > 0 ? `promise 1: ${ids.join(', ')} deleted, but not in the table: ${lost.join(', ')}` : null;
    }
    case 'stateMachine.start': {
      const { name: execution, input } = args[0] as { readonly name: string; readonly input: string };
      const started = before.executions.get(execution);
      if (started !== undefined && started !== input) return `promise 3: ${execution} started again with other bytes`;
      const stored = recordsIn(before.table).find(({ record }) => nameOf(record) === execution);
      if (!stored) return `promise 3: ${execution} started without its record in the table`;
      return stored.outbox.execution?.input === input ? null : `promise 3: ${execution} started with other bytes than are stored`;
    }
    case 'deadLetters.setAside':
      return 'promise 6: a good message was set aside';
    default:
      return null;
  }
};

const breachesOfRevisions = (revisions: readonly Revision[]): readonly string[] =>
  revisions.flatMap((one, index) => {
    const before = revisions[index - 1];
    const name = `revision ${one.revision}`;
    const lost = before ? lacks(factsOf(one), factsOf(before)) : [];
    return [
      ...(one.revision === index + 1 ? [] : [`promise 3: ${name} stands at place ${index + 1}`]),
      ...(before && before.life !== one.life ? [`promise 4: ${name} began another life`] : []),
      ...(lost.length === 0 ? [] : [`promise 4: ${name} forgot ${lost.join(', ')}`]),
      ...(before && before.pane !== 'early' && factsOf(one).length === factsOf(before).length
        ? [`promise 3: ${name} says nothing that revision ${before.revision} did not`]
        : []),
    ];
  });

/** Every record that is no early one is handed off, and nothing else is. */
const breachesOfHandoff = ({ executions, published, table }: Shared): readonly string[] => {
  const revisions: readonly Revision[] = recordsIn(table).map(({ record }) => record);
  const expected = revisions.filter(({ pane }) => pane !== 'early').map(nameOf);
  const names = [...executions.keys()];
  const wasPublished = (one: Revision): boolean =>
    [...published].some((text) => {
      const sent = JSON.parse((JSON.parse(text) as { readonly message: string }).message) as Partial<Revision>;
      return sent.revision === one.revision && sent.life === one.life && sent.lifecycle !== undefined;
    });
  return [
    ...lacks(names, expected).map((name) => `promise 3: ${name} was never started`),
    ...lacks(expected, names).map((name) => `promise 3: ${name} was started for no revision`),
    ...revisions.filter((one) => !wasPublished(one)).map(({ revision }) => `promise 3: revision ${revision} was never published`),
  ];
};

/** What is broken when all is calm and nothing is due any more. */
export const breachesAtTheEnd = (world: SmallWorld, end: Shared): readonly string[] => {
  const revisions: readonly Revision[] = recordsIn(end.table).map(({ record }) => record);
  const head = end.table.head?.value;
  const last = revisions.at(-1);
  const facts = [...new Set(world.messages.flatMap((one) => one.facts))].sort();
  const said = last ? factsOf(last) : [];
  return [
    ...(head?.state === 'closed' ? [] : [`promise 5: the window ends ${head?.state ?? 'missing'}`]),
    ...(head?.finished === last?.revision ? [] : [`promise 3: the head says ${head?.finished}, not ${last?.revision}`]),
    ...lacks(said, facts).map((fact) => `promise 4: no revision ever says ${fact}`),
    ...(said.length > facts.length ? [`promise 2: the last revision says something twice: ${said.join(', ')}`] : []),
    ...breachesOfRevisions(revisions),
    ...breachesOfHandoff(end),
    ...[...end.queue].filter(([, place]) => place !== 'deleted').map(([id]) => `promise 1: ${id} is still in the queue`),
    ...(end.deadLetters.length > 0 ? ['promise 6: a good message was set aside'] : []),
  ];
};
