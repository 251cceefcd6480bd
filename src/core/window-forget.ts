import { type Head, type HeadUpdate, parkedOn } from './items';
import { updateOf, type WindowSettings } from './window';

/** Why a window is parked that somebody forgets: whoever meets it must end that, and not open it again. */
export const beingForgotten = 'It is being forgotten: run `tidemark forget` to the end, and do not open it again.';

/** Whether a close holds it: who takes it away from one must know that it has died. */
export const isHeld = ({ state, token, dueAt }: Head, nowMs: number): boolean =>
  state === 'closing' && token !== undefined && nowMs < (dueAt ?? 0);

/**
 * Takes a window out of everybody's hands before it is forgotten. Conditional on all that a claim, a writer or a finish would change;
 * without its token whatever a close that is thought dead still does to the head fails. Null: it is parked for this already.
 */
export const parkToForget = (settings: Pick<WindowSettings, 'retentionMs'>, head: Head, nowMs: number): HeadUpdate | null => {
  const { state, token, dueAt, dueOn, rearmAt, life, finished } = head;
  if (state === 'parked' && head.lastError === beingForgotten) return null;
  return updateOf(settings, head.conversationId, nowMs, {
    expect: { state, life, finished, token: token ?? null, dueAt: dueAt ?? null, dueOn: dueOn ?? null, rearmAt: rearmAt ?? null },
    set: { state: 'parked', dueAt: nowMs, dueOn: parkedOn, lastError: beingForgotten },
    remove: ['token', 'rearmAt', 'rebuild', 'failedAttempt'],
  });
};
