import type { CanonicalEvent } from './core/event';
import type { StoredEvent } from './core/items';
import { asPassed } from './core/passed-event';
import { type Finish, finishWindow, leaveWindow, waitForDetails } from './core/window-close';
import type { DueWindow, Message } from './ports';
import { buffer, type Fate } from './steps/buffer';
import { type Claim, takeClaim } from './steps/claim';
import { composeRecord, emit, resume } from './steps/emit';
import { enrich } from './steps/enrich';
import { holdBack } from './steps/hold-back';
import { type Failing, watchFailing } from './steps/failing';
import type { Outside, PipelineSettings } from './steps/outside';
import { blamingTheWindow, letGo, park } from './steps/let-go';
import { type DisorderOf, measureDisorder, measureGaps } from './steps/measure-lateness';
import { noteOutcome } from './steps/note-outcome';
import { passOn } from './steps/pass-on';
import { publishAttached } from './steps/publish-attached';
import { receive } from './steps/receive';
import { reconstruct } from './steps/reconstruct';
import { setAside } from './steps/set-aside';
import { validate, type Validated } from './steps/validate';

/** How a close ended; `elsewhere` when another worker has the window. */
export type CloseOutcome = 'closed' | 'left' | 'waiting' | 'elsewhere' | 'failed' | 'parked';

/**
 * The six steps, in order. Admit: receive, validate, buffer. Close: reconstruct, enrich, emit. Admit waits for nothing
 * downstream; close is driven by the table. Both may run any number of times for the same input.
 */
export interface Pipeline {
  /** Answers the messages that may be deleted: stored, passed on, ignored or set aside. Never rejects. */
  readonly admit: (batch: readonly Message[], watermarkMs: number, disorderOf?: DisorderOf) => Promise<readonly Message[]>;
  /** Never rejects. */
  readonly close: (due: DueWindow, watermarkMs: number) => Promise<CloseOutcome>;
}

export const createPipeline = (outside: Outside, settings: PipelineSettings): Pipeline => ({
  admit: admitBatch(outside, settings),
  close: closeWindow(outside, settings),
});

const admitSteps = (outside: Outside, settings: PipelineSettings) => ({
  validate: validate(outside, settings),
  buffer: buffer(outside, settings),
  passOn: passOn(outside),
  noteOutcome: noteOutcome(outside, settings),
  setAside: setAside(outside, settings),
  measureDisorder: measureDisorder(outside),
  watchFailing: watchFailing(outside, settings),
});

/** After its events are in the table, or are known not to be: whether a message may be deleted. */
const settleMessage =
  (steps: ReturnType<typeof admitSteps>) =>
  async (one: Validated, fateOf: (event: CanonicalEvent) => Fate, failing: Failing): Promise<boolean> => {
    const { message } = one;
    const hear = failing.hear('pass-on', message);
    const windowed = one.events.map(({ event, subject }) => {
      const fate = fateOf(event);
      return fate === 'unattached' ? steps.passOn(asPassed(event), subject, hear) : fate;
    });
    const fates = await Promise.all([...windowed, ...one.passed.map(({ event, subject }) => steps.passOn(event, subject, hear))]);
    // It comes again whole: set aside now, it would be set aside once for each of its deliveries.
    if (fates.includes('failed')) return false;
    const refused = fates.find((fate) => typeof fate === 'object') ?? one.rejection;
    if (!(await steps.noteOutcome(message, refused, failing.hear('redrive', message)))) return false;
    return refused === null || steps.setAside(message, refused, failing.hear('set-aside', message));
  };

const admitBatch = (outside: Outside, settings: PipelineSettings): Pipeline['admit'] => {
  const steps = admitSteps(outside, settings);
  const settle = settleMessage(steps);

  /** One that our own code fails on comes again, until the queue has had enough of it; its neighbours go on. */
  const read = (message: Message, failing: Failing): readonly Validated[] => {
    try {
      return [steps.validate(receive(message))];
    } catch (error) {
      failing.hear('validate', message)(error);
      outside.log.error('A message could not be read: a bug. It will come again.', { messageId: message.id }, error);
      return [];
    }
  };

  return async (batch, watermarkMs, disorderOf) => {
    outside.metrics.add('MessagesReceived', batch.length);
    const failing = await steps.watchFailing(batch);
    const validated = batch.flatMap((message) => read(message, failing));
    if (disorderOf) steps.measureDisorder(validated, disorderOf);
    const toBuffer = validated.flatMap((one) => eventsToBuffer(one, watermarkMs));
    const fateOf = await steps.buffer(toBuffer, failing.hear('buffer'));
    const settled = await Promise.all(validated.map((one) => settle(one, fateOf, failing)));
    const done = validated.filter((_, index) => settled[index]).map(({ message }) => message);
    const kept = batch.filter((message) => !done.includes(message));
    await failing.note(kept);
    outside.metrics.add('MessagesKept', kept.length);
    for (const { sentAtMs } of done) outside.metrics.add('IngestionDelay', Math.max(0, outside.clock.nowMs() - sentAtMs));
    return done;
  };
};

/** A message behind the watermark counts as sent at it: its window is given a whole hold from now, not from long ago. */
const eventsToBuffer = ({ message, events }: Validated, watermarkMs: number): readonly StoredEvent[] =>
  events.map(({ event }) => ({
    event,
    sentAtMs: Math.max(message.sentAtMs, watermarkMs),
    ...(message.redriven ? { redriven: true } : {}),
  }));

const closeSteps = (outside: Outside, settings: PipelineSettings) => ({
  reconstruct: reconstruct(outside, settings),
  holdBack: holdBack(outside),
  enrich: enrich(outside, settings),
  compose: composeRecord(outside, settings),
  emit: emit(outside, settings),
  resume: resume(outside, settings),
  publishAttached: publishAttached(outside),
  measureGaps: measureGaps(outside),
  letGo: letGo(outside, settings),
  park: park(outside, settings),
});

const closeClaimed =
  (steps: ReturnType<typeof closeSteps>, settings: PipelineSettings) =>
  async (claim: Claim, watermarkMs: number): Promise<CloseOutcome> => {
    const finish = async (done: Omit<Finish, 'leave' | 'watermarkMs'>, leave: Finish['leave']): Promise<CloseOutcome> => {
      const { rebuild } = claim.claimed;
      await claim.end((head, nowMs) => finishWindow(settings, head, { ...done, leave, watermarkMs, rebuild }, nowMs));
      return done.own && leave ? 'left' : 'closed';
    };
    const wait = async (wait: { readonly gapMs: number; readonly counts: boolean }): Promise<CloseOutcome> => {
      await claim.end((head, nowMs) => waitForDetails(settings, head, wait, nowMs));
      return 'waiting';
    };
    const found = await steps.reconstruct(claim, watermarkMs);
    switch (found.kind) {
      case 'leave':
        await claim.end((head, nowMs) => leaveWindow(settings, head, found, nowMs));
        return 'left';
      case 'nothing-new':
        await steps.publishAttached(claim, found.read.attached, found.read.last);
        return finish({ finished: claim.claimed.finished, own: true, pane: null }, null);
      case 'resume': {
        const heldBack = steps.holdBack(found.record.outbox.execution !== null);
        return heldBack ? wait(heldBack) : finish(await steps.resume(claim, found.record, found.read), null);
      }
      case 'draft': {
        const heldBack = steps.holdBack(found.handsOff);
        if (heldBack) return wait(heldBack);
        const enriched = await steps.enrich(claim, found);
        if (enriched.kind === 'enriched') {
          const record = blamingTheWindow(() => steps.compose(claim, found, enriched.enrichment));
          const emitted = await steps.emit(claim, record, found);
          const outcome = await finish(emitted, found.leave);
          if (emitted.own) steps.measureGaps(found);
          return outcome;
        }
        return wait(enriched);
      }
    }
  };

const closeWindow = (outside: Outside, settings: PipelineSettings): Pipeline['close'] => {
  const steps = closeSteps(outside, settings);
  const close = closeClaimed(steps, settings);
  return async (due, watermarkMs) => {
    const claim = await takeClaim(outside, settings, due).catch((error: unknown) => {
      outside.log.error('A window could not be claimed; it stays due.', { conversationId: due.conversationId }, error);
      return null;
    });
    if (!claim) return 'elsewhere';
    const dueClockMs = due.dueOn.startsWith('Q') ? watermarkMs : outside.clock.nowMs();
    // 0: a person opened it, and it has waited for nothing.
    if (due.dueAt > 0) outside.metrics.add('CloseDelay', Math.max(0, dueClockMs - due.dueAt));
    try {
      return await (claim.claimed.attempts > settings.maxAttempts ? steps.park(claim) : close(claim, watermarkMs));
    } catch (error) {
      return steps.letGo(claim, error);
    }
  };
};
