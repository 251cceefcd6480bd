import type { Chance } from '../chance';
import type { Fact } from '../history';
import type { Canaries } from './canaries';

/** One thing that happens in a scripted conversation, `afterMs` after its beginning. */
export interface Step {
  readonly action: string;
  readonly afterMs: number;
  readonly participant: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly session?: Fact['session'];
  readonly endsAll?: boolean;
  readonly afterCallWorkOf?: string;
  readonly amounts?: Fact['amounts'];
}

type Session = NonNullable<Fact['session']>;

const start = (family: string, id: string): Session => ({ id, family, moment: 'start', interacted: false });
const end = (family: string, id: string, interacted = false): Session => ({ id, family, moment: 'end', interacted });

const customerStart = (afterMs: number, { number, name }: Canaries): Step => ({
  action: 'customer.start',
  afterMs,
  participant: 'customer',
  session: start('customer', 'customer-1'),
  body: { sessionId: 'customer-1', mediaType: 'VOICE', direction: 'INBOUND', ani: number, participantName: name },
});

const customerEnd = (afterMs: number): Step => ({
  action: 'customer.end',
  afterMs,
  participant: 'customer',
  session: end('customer', 'customer-1'),
  body: { sessionId: 'customer-1', mediaType: 'VOICE', disconnectType: 'CLIENT' },
});

/** The queue, then an agent, who talks for a while, writes up, and gives the call a code. */
const service = (chance: Chance, fromMs: number, agent: number, hasAfterCallWork: boolean): readonly Step[] => {
  const [queue, user] = [`acd-${agent}`, `user-${agent}`];
  const [waitedMs, alertedMs, heldMs] = [chance.whole(500, 9_000), chance.whole(100, 5_000), chance.whole(0, 4_000)];
  const answeredMs = fromMs + 500 + waitedMs;
  const talkedMs = chance.whole(2_000, 30_000);
  const overMs = answeredMs + alertedMs + talkedMs + heldMs;
  const workedMs = chance.whole(500, 12_000);
  const amounts = { talkMs: talkedMs, alertMs: alertedMs, ...(heldMs > 0 ? { holdMs: heldMs } : {}) };
  const durations = {
    interactingDurationMs: talkedMs,
    alertingDurationMs: alertedMs,
    ...(heldMs > 0 ? { heldDurationMs: heldMs } : {}),
  };
  return [
    { action: 'acd.start', afterMs: fromMs + 500, participant: queue, session: start('acd', queue), body: { sessionId: queue } },
    {
      action: 'acd.end',
      afterMs: answeredMs,
      participant: queue,
      session: end('acd', queue),
      body: { sessionId: queue, acdOutcome: 'ANSWERED', connectedDurationMs: waitedMs },
      amounts: { queueWaitMs: waitedMs },
    },
    { action: 'user.start', afterMs: answeredMs + 1, participant: user, session: start('user', user), body: { sessionId: user } },
    {
      action: 'user.end',
      afterMs: overMs,
      participant: user,
      session: end('user', user, true),
      body: { sessionId: user, disconnectType: 'PEER', ...durations },
      amounts,
    },
    ...(hasAfterCallWork
      ? [
          {
            action: 'acw',
            afterMs: overMs + 40 + workedMs,
            participant: user,
            afterCallWorkOf: user,
            body: { sessionId: user, wrapupDurationMs: workedMs },
            amounts: { afterCallWorkMs: workedMs },
          },
        ]
      : []),
  ];
};

const lastOf = (steps: readonly Step[]): number => Math.max(...steps.map(({ afterMs }) => afterMs));
const lastEndOf = (steps: readonly Step[]): number => lastOf(steps.filter(({ action }) => action.endsWith('.end')));

const decorations = (chance: Chance, untilMs: number, { attribute, address, token }: Canaries): readonly Step[] => [
  ...(chance.is(0.3)
    ? [
        {
          action: 'attributes',
          afterMs: chance.whole(20, untilMs) + 0.25,
          participant: 'customer',
          body: { attributes: { caseOf: attribute, contact: address, authorization: token } },
        },
      ]
    : []),
  ...(chance.is(0.3)
    ? [{ action: 'wrapup', afterMs: untilMs + 60, participant: 'user-1', body: { sessionId: 'user-1', wrapupCode: 'code-1' } }]
    : []),
];

export type CallShape = 'whole' | 'without-acw' | 'without-end' | 'without-start' | 'transferred' | 'abandoned';

/** A call of the real feed. */
export const scriptCall = (chance: Chance, shape: CallShape, canaries: Canaries): readonly Step[] => {
  if (shape === 'abandoned') return [customerStart(0, canaries), customerEnd(chance.whole(1_000, 20_000))];
  const first = service(chance, 0, 1, shape !== 'without-acw');
  const second = shape === 'transferred' ? service(chance, lastEndOf(first), 2, true) : [];
  const overMs = lastEndOf([...first, ...second]) + 10;
  return [
    ...(shape === 'without-start' ? [] : [customerStart(0, canaries)]),
    ...first,
    ...second,
    ...(shape === 'without-end' ? [] : [customerEnd(overMs)]),
    ...decorations(chance, overMs, canaries),
  ];
};

/** A messaging conversation that its customer takes up again under the same id, minutes after it ended. */
export const scriptReopened = (chance: Chance, canaries: Canaries): readonly Step[] => {
  const again = chance.whole(1, 2);
  const stretches = Array.from({ length: again + 1 }, (_, index) => {
    const fromMs = index * chance.whole(60_000, 150_000);
    return [customerStart(fromMs, canaries), customerEnd(fromMs + chance.whole(1_000, 15_000))];
  });
  return stretches.flat();
};

/** Given up, in the queue or before it; something more is known of it at once. */
export const scriptGivenUp = (chance: Chance, from: 'before' | 'queue', canaries: Canaries): readonly Step[] => {
  const queued: readonly Step[] = service(chance, 0, 1, false)
    .filter(({ participant }) => participant === 'acd-1')
    .map((step) => (step.action === 'acd.end' ? { ...step, body: { ...step.body, acdOutcome: 'ABANDON' } } : step));
  const overMs = (from === 'queue' ? lastOf(queued) : chance.whole(1_000, 9_000)) + 10;
  const attributes = { action: 'attributes', afterMs: overMs + 20, participant: 'customer' } as const;
  return [
    customerStart(0, canaries),
    ...(from === 'queue' ? queued : []),
    customerEnd(overMs),
    { ...attributes, body: { attributes: { caseOf: canaries.attribute } } },
  ];
};

/** Ends by a mark that somebody upstream sends, while a session never does. */
export const scriptMarked = (chance: Chance, canaries: Canaries): readonly Step[] => {
  const steps = service(chance, 0, 1, true);
  const mark = { action: 'conversation.end', afterMs: lastOf(steps) + 500, participant: '', endsAll: true, body: {} };
  return [customerStart(0, canaries), ...steps, mark];
};
