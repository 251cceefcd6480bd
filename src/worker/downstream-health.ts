import type { Dependency } from '../core/metric-names';
import type { ConversationDetails, RecordTopic, StateMachine } from '../ports';
import { watchBreaker, type WatchOutside } from '../breaker-watch';
import { type DownstreamCall, watchCall, watchDetails } from './watched-downstream';

/*
 * Genesys, Step Functions or SNS that is away pauses closing: no window is claimed only to be let go of again, so an outage of hours
 * costs no writes. Admitting goes on, and with it the events that are passed on as they come. A close that is in hand goes on, and
 * fails or waits by itself.
 */
export interface DownstreamHealth {
  /** The ports to work with: what comes of their calls is how their health is known. */
  readonly details: ConversationDetails | null;
  readonly stateMachine: StateMachine;
  readonly topic: RecordTopic;
  /** All of them answer, or it is time to see whether they do again. */
  readonly mayClose: () => boolean;
  /** Null: not now. Else to be called when the close is over. Where one of them has only just answered again, one close at a time. */
  readonly takeTurn: () => (() => void) | null;
  /** For the metrics, every now and then. */
  readonly report: () => void;
}

export interface DownstreamOutside extends WatchOutside {
  readonly details: ConversationDetails | null;
  readonly stateMachine: StateMachine;
  readonly topic: RecordTopic;
}

const second = 1_000;

/** Nobody calls what closing waits for, so a close must try. One that hangs takes half a minute to fail. */
const options = {
  failures: 3,
  failingMs: 10 * second,
  firstOpenMs: 10 * second,
  longestOpenMs: 60 * second,
  calmMs: 60 * second,
  hearsAnyway: false,
};

const names = { genesys: 'Genesys', 'step-functions': 'Step Functions', sns: 'SNS' } as const satisfies Partial<
  Record<Dependency, string>
>;

/** Not worth a pause: by the time that others are claimed it is over. */
const shortWaitMs = 5 * second;
/** However long the wait, somebody looks again: a person may have had the limit raised. */
const longestPauseMs = 60 * second;
const reminderMs = 300 * second;

/** Genesys, or our budget for it, named a time before which no request goes out. Nothing is broken, and nobody need find out one by one. */
const createKnownWait = ({ clock, log }: WatchOutside) => {
  const now = clock.monotonicMs;
  let untilMs = -Infinity;
  let saidAtMs = -Infinity;
  return {
    isOn: (): boolean => now() < untilMs,
    begin: (waitMs: number): void => {
      if (waitMs < shortWaitMs) return;
      const endsMs = now() + Math.min(waitMs, longestPauseMs);
      // Later ones queue up behind the first: when its time comes there is something to be had.
      untilMs = now() < untilMs ? Math.min(untilMs, endsMs) : endsMs;
      if (now() - saidAtMs < reminderMs) return;
      saidAtMs = now();
      log.warn('Genesys is not to be asked for a while: closing pauses until then.', { waitMs });
    },
  };
};

type Watch = ReturnType<typeof watchBreaker<DownstreamCall>>;

/** One turn with each of them, or none with any. */
const takeTurns = (all: readonly Watch[]): (() => void) | null => {
  const taken: Watch[] = [];
  const endTurns = (): void => taken.forEach(({ breaker }) => breaker.endTurn());
  for (const one of all) {
    const mayGo = one.breaker.takeTurn(one.now());
    one.notice();
    if (!mayGo) {
      endTurns();
      return null;
    }
    // A turn is only something while it is probing: then it is the only one.
    if (one.breaker.mode() === 'probing') taken.push(one);
  }
  return endTurns;
};

export const createDownstreamHealth = (outside: DownstreamOutside): DownstreamHealth => {
  const { details, stateMachine, topic, clock } = outside;
  const watch = (dependency: keyof typeof names) => {
    const watched = { dependency, name: names[dependency], pauses: 'closing', options, onChange: () => undefined } as const;
    return watchBreaker<DownstreamCall>(outside, watched);
  };
  const genesys = watch('genesys');
  const [steps, sns] = [watch('step-functions'), watch('sns')];
  const all = details ? [genesys, steps, sns] : [steps, sns];
  const wait = createKnownWait(outside);
  const around = ({ listener }: Watch) => ({ clock, listener });

  return {
    details: details && watchDetails(details, around(genesys), wait.begin),
    stateMachine: { start: watchCall('start', around(steps), stateMachine.start) },
    topic: {
      publish: watchCall('publish', around(sns), topic.publish),
      publishAll: watchCall('publish', around(sns), topic.publishAll),
    },
    mayClose: () =>
      !wait.isOn() &&
      all.every(({ breaker, notice, now }) => {
        breaker.look(now());
        notice();
        return breaker.mode() !== 'open';
      }),
    takeTurn: () => (wait.isOn() ? null : takeTurns(all)),
    report: () => all.forEach(({ report }) => report()),
  };
};
