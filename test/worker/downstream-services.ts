import type { DetailsAnswer } from '../../src/core/genesys-answers';
import type { ConversationDetails } from '../../src/ports';
import type { memoryOutside } from '../outside';

/** What a close needs besides the table. */
export type Downstream = 'genesys' | 'stateMachine' | 'topic';

/** Services that can go away, and what was asked of them meanwhile. */
export const createDownstream = (outside: ReturnType<typeof memoryOutside>) => {
  const { clock } = outside;
  const asked = { calls: 0, underWay: 0, mostUnderWay: 0 };
  let away: { readonly of: Downstream; readonly failsAfterMs: number } | null = null;
  let throttledUntilMs = 0;

  const call =
    <A extends readonly unknown[], R>(of: Downstream, answer: (...args: A) => Promise<R>, silent: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (away?.of !== of) return answer(...args);
      asked.calls += 1;
      asked.underWay += 1;
      asked.mostUnderWay = Math.max(asked.mostUnderWay, asked.underWay);
      await clock.sleep(away.failsAfterMs);
      asked.underWay -= 1;
      return silent(...args);
    };
  const fails = () => Promise.reject(new Error('it is away'));
  const answers = (ids: readonly string[], answer: DetailsAnswer) => Promise.resolve(new Map(ids.map((id) => [id, answer])));
  const known: DetailsAnswer = { kind: 'complete', details: { conversationEnd: '2026-01-05T12:00:00.000Z' } };

  const details: ConversationDetails = {
    fetch: call(
      'genesys',
      (ids) => {
        const waitMs = throttledUntilMs - clock.nowMs();
        if (waitMs > 0) asked.calls += 1;
        const wait = { kind: 'unavailable', why: '429', retryAfterMs: waitMs, isThrottle: true } as const;
        return answers(ids, waitMs > 0 ? wait : known);
      },
      (ids) => answers(ids, { kind: 'unavailable', why: '503', retryAfterMs: 15_000 }),
    ),
  };
  return {
    asked,
    ports: {
      details,
      stateMachine: { start: call('stateMachine', outside.stateMachine.start, fails) },
      topic: {
        publish: call('topic', outside.topic.publish, fails),
        publishAll: call('topic', outside.topic.publishAll, fails),
      },
    },
    setAway: (next: typeof away): void => {
      away = next;
      Object.assign(asked, { calls: 0, mostUnderWay: 0 });
    },
    throttleFor: (ms: number): void => void (throttledUntilMs = clock.nowMs() + ms),
  };
};
