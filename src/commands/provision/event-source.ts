import { eventSourceName, type EventSource, type EventSources } from '../../aws/event-sources';
import type { Clock } from '../../ports';
import { AwsFailedError } from '../with-aws';

/** What AWS says of the partner event source that Genesys makes. */
export type SourceReport = { readonly name: string; readonly region: string } & (
  | { readonly kind: 'there'; readonly state: string; readonly expiresAtMs: number | null }
  /** After so long a wait. */
  | { readonly kind: 'absent'; readonly waitedMs: number }
  | { readonly kind: 'unknown'; readonly why: string }
);

export interface SourceQuestion {
  readonly organisationId: string;
  readonly suffix: string;
  readonly region: string;
  /** How long a source that is not there is waited for: Genesys takes a moment. */
  readonly waitMs: number;
}

const pollMs = 3_000;

const findWithin = async (
  sources: EventSources,
  name: string,
  { waitMs, clock }: { readonly waitMs: number; readonly clock: Pick<Clock, 'sleep' | 'monotonicMs'> },
): Promise<EventSource | null> => {
  const untilMs = clock.monotonicMs() + waitMs;
  for (;;) {
    const source = await sources.find(name);
    const leftMs = untilMs - clock.monotonicMs();
    if (source || leftMs <= 0) return source;
    await clock.sleep(Math.min(pollMs, leftMs));
  }
};

/** Never rejects: that AWS cannot be asked takes nothing from what was done at Genesys. */
export const askForSource = async (
  sources: EventSources,
  { organisationId, suffix, region, waitMs }: SourceQuestion,
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>,
): Promise<SourceReport> => {
  const name = eventSourceName(organisationId, suffix);
  try {
    const source = await findWithin(sources, name, { waitMs, clock });
    return source ? { name, region, kind: 'there', ...source } : { name, region, kind: 'absent', waitedMs: waitMs };
  } catch (cause) {
    return { name, region, kind: 'unknown', why: new AwsFailedError(cause).message };
  }
};

const dayMs = 86_400_000;

const within = (expiresAtMs: number | null, nowMs: number): string => {
  if (expiresAtMs === null) return 'soon';
  const days = Math.floor((expiresAtMs - nowMs) / dayMs);
  const until = `until ${new Date(expiresAtMs).toISOString()}`;
  return days < 1 ? `within a day, ${until}` : `within ${days} ${days === 1 ? 'day' : 'days'}, ${until}`;
};

/** Whether events that are sent arrive at a bus. */
export const isInOrder = (report: SourceReport): boolean => report.kind === 'there' && report.state === 'ACTIVE';

const thereText = ({ state, expiresAtMs }: SourceReport & { readonly kind: 'there' }, nowMs: number): string => {
  switch (state) {
    case 'ACTIVE':
      return 'ACTIVE: an event bus takes its events.';
    case 'PENDING':
      return `PENDING: what Genesys sends is lost. Associate it with an event bus of the same name ${within(expiresAtMs, nowMs)}, or it goes away.`;
    case 'DELETED':
      return 'DELETED: Genesys has taken it away. Its event bus is there still, and nothing will come.';
    default:
      return `${JSON.stringify(state)}, which is none of ACTIVE, PENDING, DELETED. Look at it in the AWS console.`;
  }
};

export const sourceText = (report: SourceReport, accountId: string, nowMs: number): string => {
  const { name, region } = report;
  const text = (() => {
    switch (report.kind) {
      case 'there':
        return thereText(report, nowMs);
      case 'absent':
        return `not there${report.waitedMs > 0 ? `, after ${report.waitedMs / 1_000} s` : ''}. Genesys may take a moment: run again. Asked with this shell's credentials: are they of account ${accountId}?`;
      case 'unknown':
        return `nobody knows. ${report.why} --no-aws asks nobody.`;
      default:
        return report satisfies never;
    }
  })();
  return `Partner event source ${name} in ${region}: ${text}`;
};
