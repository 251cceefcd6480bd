import { isHandedOff } from '../core/handoff';
import type { JsonObject } from '../core/json';
import type { CallDetailsStatus } from '../core/travel';
import type { DetailsAnswer } from '../core/genesys-answers';
import type { Claim } from './claim';
import type { Outside, PipelineSettings } from './outside';
import type { Draft } from './reconstruct';

export type Enriched =
  | { readonly kind: 'enriched'; readonly callDetails: JsonObject | null; readonly callDetailsStatus: CallDetailsStatus }
  /** Later. `counts`: Genesys answered that it is not ready; only so many such waits are worth it. */
  | { readonly kind: 'wait'; readonly gapMs: number; readonly counts: boolean };

const without = (callDetailsStatus: CallDetailsStatus): Enriched => ({ kind: 'enriched', callDetails: null, callDetailsStatus });

/**
 * Step 5: what Genesys's analytics know of the conversation. An outage is waited out; data that lags, a bounded number of times.
 * An early record waits for nothing: it says what is known now.
 */
export const enrich =
  ({ details, log }: Pick<Outside, 'details' | 'log'>, settings: PipelineSettings) =>
  async (claim: Claim, draft: Draft): Promise<Enriched> => {
    // Nobody would see them, and the quota is small.
    if (!details || !isHandedOff(settings.handoffPolicy, draft.pane)) return without('absent');
    await claim.hold();
    const { conversationId, claimed } = claim;
    const answer: DetailsAnswer = (await details.fetch([conversationId], 'live')).get(conversationId) ?? { kind: 'absent' };
    const isEarly = draft.pane === 'early';
    const isWorthWaiting = !isEarly && !draft.gaveUp && claimed.waits < settings.notReadyMax;
    const later: Enriched = { kind: 'wait', gapMs: settings.notReadyGapMs * 2 ** claimed.waits, counts: true };
    switch (answer.kind) {
      case 'complete':
        return { kind: 'enriched', callDetails: answer.details, callDetailsStatus: 'complete' };
      case 'incomplete':
        return isWorthWaiting ? later : { kind: 'enriched', callDetails: answer.details, callDetailsStatus: 'incomplete' };
      case 'absent':
        return isWorthWaiting ? later : without('absent');
      case 'unavailable':
        if (isEarly) return without('failed');
        log.warn('Genesys cannot answer now; the window waits.', {
          conversationId,
          why: answer.why,
          retryAfterMs: answer.retryAfterMs,
        });
        return { kind: 'wait', gapMs: answer.retryAfterMs, counts: false };
      case 'refused':
        log.error('Genesys refuses to answer; the record is handed off without details.', { conversationId, why: answer.why });
        return without('failed');
    }
  };
