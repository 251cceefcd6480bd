import { CallRefusedError } from '../../src/core/errors';
import type { Notification } from '../../src/core/items';
import type { EventSubject, SchemaRegistry } from '../../src/core/schema-registry';
import { memoryRecordTopic } from '../../src/memory/record-topic';
import { memoryStateMachine } from '../../src/memory/state-machine';
import type { DetailsAnswer } from '../../src/core/genesys-answers';
import type { Clock, ConversationDetails, DeadLetterQueue, RecordTopic, StateMachine } from '../../src/ports';
import type { Chance } from './chance';
import type { Plan } from './history';
import type { Trace } from './trace';

/** How long Genesys takes to say that it cannot answer. */
const silences: readonly [number, ...number[]] = [10, 9_000, 29_000];

/** Genesys, which lags, refuses for a while, and mostly knows in the end. Its 429 holds for everybody until its time. */
export const laggingDetails = (
  chance: Chance,
  clock: Clock,
  weather: Plan['weather'],
  isDown: () => boolean,
): ConversationDetails => {
  const { absent, incomplete, unavailable, refused, slow } = weather.genesys;
  let closedUntilMs = 0;
  const answerOf = (conversationId: string): DetailsAnswer => {
    if (isDown()) return { kind: 'unavailable', why: 'service.unavailable', retryAfterMs: 30_000 };
    if (clock.nowMs() >= closedUntilMs && chance.is(unavailable)) closedUntilMs = clock.nowMs() + chance.whole(1, 60) * 1_000;
    const retryAfterMs = closedUntilMs - clock.nowMs();
    if (retryAfterMs > 0) return { kind: 'unavailable', why: 'too.many.requests', retryAfterMs, isThrottle: true };
    if (chance.is(absent)) return { kind: 'absent' };
    if (chance.is(incomplete)) return { kind: 'incomplete', details: { conversationId } };
    if (chance.is(refused)) return { kind: 'refused', why: 'missing.permissions' };
    return { kind: 'complete', details: { conversationId, conversationEnd: '2026-01-01T00:00:00.000Z' } };
  };
  return {
    fetch: async (ids) => {
      if (isDown()) await clock.sleep(chance.pick(silences));
      else if (chance.is(slow)) await clock.sleep(29_000);
      return new Map(ids.map((id) => [id, answerOf(id)]));
    },
  };
};

/** Step Functions, which will never take the executions of some conversations. */
export const tracedStateMachine = (trace: Trace, refusedFor: ReadonlySet<string>) => {
  const machine = memoryStateMachine();
  return (worker: number): StateMachine => ({
    start: async (execution) => {
      const { conversationId } = JSON.parse(execution.input) as { readonly conversationId: string };
      if (refusedFor.has(conversationId)) throw new CallRefusedError('Expected an input that this state machine takes.');
      const answer = await machine.start(execution);
      trace.tell({ kind: 'started', worker, ...execution, answer });
      trace.take(answer === 'started' ? 'execution started' : 'execution there already');
      trace.reach(worker, 'start', conversationId);
      return answer;
    },
  });
};

export const tracedTopic = (trace: Trace) => {
  const topic = memoryRecordTopic();
  return (worker: number): RecordTopic => {
    const publishOne = async (notification: Notification, when: string): Promise<void> => {
      await topic.publish(notification);
      if (notification.attributes['kind'] === 'passed-event') trace.take(`passed on ${when}`);
      trace.tell({ kind: 'published', worker, ...notification });
    };
    return {
      publish: (notification) => publishOne(notification, 'when it came'),
      publishAll: async (notifications) => {
        for (const one of notifications) await publishOne(one, 'by a close');
      },
    };
  };
};

/** The dead-letter queue, and what lies in it. */
export const tracedDeadLetters = (trace: Trace) => {
  const bodies: string[] = [];
  return {
    seenBy: (worker: number): DeadLetterQueue => ({
      setAside: ({ message, rejection }) => {
        const { id: messageId, body, receiveCount } = message;
        bodies.push(body);
        trace.tell({ kind: 'setAside', worker, messageId, body, reason: rejection.reason, receiveCount });
        return Promise.resolve('with-attributes');
      },
    }),
    takeAll: (): readonly string[] => bodies.splice(0),
  };
};

const withoutType = (subject: EventSubject | null, action: string): EventSubject | null =>
  subject?.type === action ? null : subject;

/** The registry of workers that do not know a type yet. */
export const ignorantOf = (registry: SchemaRegistry, action: string): SchemaRegistry => ({
  ...registry,
  eventSubject: (format, name) => withoutType(registry.eventSubject(format, name), action),
  eventSubjectOfTopic: (topic) => withoutType(registry.eventSubjectOfTopic(topic), action),
  subjectNamed: (subject) => withoutType(registry.subjectNamed(subject), action),
});

/** A registry that fails to bring these types to their newest version: reading one of their events throws. */
export const poisonedBy = (registry: SchemaRegistry, actions: ReadonlySet<string>): SchemaRegistry => ({
  ...registry,
  current: (event) => {
    if (actions.has(event.type)) throw new Error('an upcast of the simulation fails');
    return registry.current(event);
  },
});
