import type { CanonicalEvent } from '../core/event';
import { ruleOf } from '../core/on-call/fingerprint';
import type { RedriveHistory } from '../core/on-call/redrive-history';
import type { Stopped } from '../core/on-call/stopped';
import type { Trial } from './try-letter';

type Seen = Pick<Stopped, 'outlook' | 'outlookDetail'>;

export interface LookedAt {
  readonly trial: Trial;
  /** Events of this and other letters that the table has. */
  readonly there: ReadonlySet<CanonicalEvent>;
  /** Why it lies there. */
  readonly reason: string;
  readonly history: RedriveHistory | null;
  /** Whether ALLOWED_SOURCES is known here. */
  readonly knowsSources: boolean;
}

const wouldFail = ({ trial, reason, history }: LookedAt): Seen => {
  const { rejection, events, passed } = trial;
  const why = rejection === null ? '' : `${rejection.reason}: ${ruleOf(rejection.detail) ?? rejection.detail}`;
  const again = history !== null && rejection?.reason === reason ? ' It failed again after it was moved back.' : '';
  const others = events.length + passed;
  const admitted = others > 0 ? ` The ${others} other events in it are admitted.` : '';
  return { outlook: 'would-fail', outlookDetail: `${why}${why.endsWith('.') ? '' : '.'}${again}${admitted}` };
};

const wouldBeTaken = ({ trial, there }: LookedAt): Seen => {
  const { events, passed } = trial;
  const known = events.filter((event) => there.has(event)).length;
  if (passed > 0 && events.length === 0)
    return {
      outlook: 'would-pass',
      outlookDetail: 'Published or counted, as its subject says; nobody knows whether it was before.',
    };
  if (events.length > 0 && known === events.length && passed === 0)
    return {
      outlook: 'would-duplicate',
      outlookDetail: `Already done: the table has ${known === 1 ? 'its event' : `its ${known} events`}.`,
    };
  return { outlook: 'would-pass', outlookDetail: known === 0 ? '' : `The table has ${known} of its ${events.length} events.` };
};

/** What the worker would do with it, as far as the code that runs here tells. */
export const outlookOf = (look: LookedAt): Seen => {
  const { trial, reason, knowsSources } = look;
  if (trial.fault !== null) return { outlook: 'unknown', outlookDetail: `Today's code fails on it, a bug: ${trial.fault}.` };
  if (trial.rejection !== null) return wouldFail(look);
  if (reason === 'foreign-source' && !knowsSources)
    return { outlook: 'unknown', outlookDetail: 'ALLOWED_SOURCES of the workers is not given here.' };
  const seen = wouldBeTaken(look);
  // What was received a thousand times in vain is sound in itself; what stood in its way need not be gone.
  return reason === 'gave-up'
    ? { ...seen, outlookDetail: `${seen.outlookDetail} Nothing in it is wrong; is what it failed with over?`.trim() }
    : seen;
};
