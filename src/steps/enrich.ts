import { type Enrichment, type Extras, extrasByLateness, namesOf } from '../core/enrichment';
import type { DetailsAnswer, ExtraAnswer, ExtraName, Purpose } from '../core/genesys-answers';
import { type AnswersSoFar, createAnswersSoFar } from './answers-so-far';
import type { Claim } from './claim';
import type { Outside, PipelineSettings } from './outside';
import type { Draft } from './reconstruct';

/** Later. `counts`: Genesys answered that it is not ready; only so many such waits are worth it. */
interface Wait {
  readonly kind: 'wait';
  readonly gapMs: number;
  readonly counts: boolean;
}

export type Enriched = { readonly kind: 'enriched'; readonly enrichment: Enrichment } | Wait;

type EnrichOutside = Pick<Outside, 'details' | 'extras' | 'names' | 'log' | 'clock'>;

/** However often it has doubled: what comes hours late is looked for every hour. */
const longestGapMs = 3_600_000;
/** Reasons for a refusal are few: a permission for each thing that is asked for. */
const mostReasons = 100;

/** What one close may still wait for, and for whom it asks. */
interface Asking {
  readonly claim: Claim;
  readonly purpose: Purpose;
  readonly isEarly: boolean;
  /** Null where what is not there yet is not waited for any more. */
  readonly later: Wait | null;
}

const askingFor = (settings: PipelineSettings, claim: Claim, draft: Draft): Asking => {
  const { waits } = claim.claimed;
  const isEarly = draft.pane === 'early';
  const isWorthWaiting = !isEarly && !draft.gaveUp && waits < settings.notReadyMax;
  const gapMs = Math.min(settings.notReadyGapMs * 2 ** waits, longestGapMs);
  const { purpose } = draft;
  return { claim, purpose, isEarly, later: isWorthWaiting ? { kind: 'wait', gapMs, counts: true } : null };
};

/** Tells a refusal once: it holds for every window until a person has mended it. */
const refusalTeller = (log: EnrichOutside['log']) => {
  const told = new Set<string>();
  return (what: string, why: string): void => {
    const reason = `${what}: ${why}`;
    if (told.has(reason)) return;
    if (told.size >= mostReasons) told.clear();
    told.add(reason);
    log.error('Genesys refuses to answer; records are handed off without what it refuses. Told once.', { what, why });
  };
};

/**
 * Null where the handoff goes on with what was answered. Data that lags is waited for a bounded number of times; an outage of the
 * details is waited out. So is a quota's wait for anything, but an extra that fails by itself counts as one that lags: nobody should
 * go without a ticket for days because of a missing sentiment.
 */
const waitOf =
  (log: EnrichOutside['log'], tellRefusal: ReturnType<typeof refusalTeller>) =>
  (what: string, answer: DetailsAnswer | ExtraAnswer, { claim, isEarly, later }: Asking): Wait | null => {
    switch (answer.kind) {
      case 'complete':
      case 'found':
        return null;
      case 'incomplete':
        return later;
      case 'absent':
        return 'isFinal' in answer ? null : later;
      case 'unavailable': {
        if (isEarly) return null;
        const { why, retryAfterMs, isThrottle = false } = answer;
        const isWaitedOut = what === 'details' || (isThrottle && retryAfterMs <= longestGapMs);
        if (!isWaitedOut && !later) return null;
        // A quota that is used up is every busy day's: it is counted, and told by whoever pauses for it.
        log[isThrottle ? 'debug' : 'warn']('Genesys cannot answer now; the window waits.', {
          conversationId: claim.conversationId,
          what,
          why,
          retryAfterMs,
        });
        if (isWaitedOut || !later) return { kind: 'wait', gapMs: retryAfterMs, counts: false };
        return { ...later, gapMs: Math.min(Math.max(retryAfterMs, later.gapMs), longestGapMs) };
      }
      case 'refused':
        tellRefusal(what, answer.why);
        return null;
    }
  };

type Details = Pick<Enrichment, 'callDetails' | 'callDetailsStatus'>;

const detailsOf = (answer: DetailsAnswer): Details => {
  switch (answer.kind) {
    case 'complete':
    case 'incomplete':
      return { callDetails: answer.details, callDetailsStatus: answer.kind };
    case 'absent':
      return { callDetails: null, callDetailsStatus: 'absent' };
    case 'unavailable':
    case 'refused':
      return { callDetails: null, callDetailsStatus: 'failed' };
  }
};

/** Its shape is its adapter's; the whole is held to its schema before it leaves. */
const extraOf = (name: ExtraName, answer: ExtraAnswer): Extras =>
  answer.kind === 'found'
    ? { [name]: { ...answer.value, status: 'complete' } }
    : { [name]: { status: answer.kind === 'absent' ? 'absent' : 'failed' } };

/** Up to the first that must be waited for. `found` is worth keeping, a refusal is not: it may have been mended by the next look. */
const extrasAsker =
  (extras: Outside['extras'], judge: ReturnType<typeof waitOf>) =>
  async (asking: Asking, details: DetailsAnswer, { extras: known }: AnswersSoFar) => {
    const { conversationId, hold } = asking.claim;
    let [said, found] = [known, known];
    for (const { name, fetch } of extras.filter((extra) => known[extra.name] === undefined)) {
      await hold();
      const extra = await fetch(conversationId, asking.purpose, details);
      const wait = judge(name, extra, asking);
      if (wait) return { wait, said, found };
      said = { ...said, ...extraOf(name, extra) };
      if (extra.kind === 'found') found = { ...found, ...extraOf(name, extra) };
    }
    return { wait: null, said, found };
  };

/**
 * Step 5: what Genesys knows of the conversation, its details first, then what else is asked for, one after the other. The first
 * that must be waited for ends the look: what comes latest is asked for first, so that a wait costs one request and not one for
 * each, and what is there already is kept for the next look. An early record waits for nothing: it says what is known now.
 */
export const enrich = (outside: EnrichOutside, settings: PipelineSettings) => {
  const { details, names, log, clock } = outside;
  const soFar = createAnswersSoFar(clock);
  const judge = waitOf(log, refusalTeller(log));
  const inOrder = extrasByLateness.flatMap((name) => outside.extras.filter((extra) => extra.name === name));
  const askExtras = extrasAsker(inOrder, judge);

  const askDetails = async (asking: Asking, { details: known }: AnswersSoFar): Promise<DetailsAnswer> => {
    const { conversationId, hold } = asking.claim;
    if (!details) return { kind: 'absent' };
    if (known) return known;
    await hold();
    const answers = await details.fetch([conversationId], asking.purpose);
    return answers.get(conversationId) ?? { kind: 'absent' };
  };

  return async (claim: Claim, draft: Draft): Promise<Enriched> => {
    // Nobody would see it, and the quota is small.
    if (!draft.handsOff) return { kind: 'enriched', enrichment: { callDetails: null, callDetailsStatus: 'absent' } };
    const nameAll = () => names && namesOf(draft.folded.content, names.nameOf);
    // What is not known yet may be by the time that the rest is there.
    nameAll();
    const asking = askingFor(settings, claim, draft);
    const before = soFar.recall(claim);
    const answer = await askDetails(asking, before);
    const wait = details && judge('details', answer, asking);
    if (wait) return wait;
    const { wait: waitForRest, said, found } = await askExtras(asking, answer, before);
    if (waitForRest) {
      soFar.keep(claim, { details: answer.kind === 'complete' ? answer : null, extras: found });
      return waitForRest;
    }
    soFar.forget(claim);
    const known = nameAll();
    return { kind: 'enriched', enrichment: { ...detailsOf(answer), ...said, ...(known ? { names: known } : {}) } };
  };
};
