import type { ExtraName, NameKind } from './genesys-answers';
import type { JsonObject } from './json';
import type { RecordContent } from './record';

/* What a handoff carries beside the record: what Genesys said of the conversation. `schemas/tidemark.execution-input` describes it. */

/** How a conversation's details were had from Genesys; travels beside `callDetails`. */
export type CallDetailsStatus = 'complete' | 'incomplete' | 'absent' | 'failed';

/** How something more was had; `omitted` where it was too large to travel. */
type ExtraStatus = 'complete' | 'absent' | 'failed' | 'omitted';

interface ParticipantAttributes {
  readonly status: ExtraStatus;
  readonly participants?: readonly {
    readonly participantId: string;
    readonly purpose: string | null;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly truncated?: boolean;
}

interface Transcript {
  readonly status: ExtraStatus;
  readonly language?: string | null;
  readonly texts?: readonly string[];
  readonly truncated?: boolean;
  readonly phrases?: number;
}

/** With whatever else Genesys says of it. */
interface Sentiment {
  readonly status: ExtraStatus;
  readonly score?: number | null;
  readonly trend?: number | null;
}

/** Each is there only where it is asked for. */
export interface Extras {
  readonly participantAttributes?: ParticipantAttributes;
  readonly transcript?: Transcript;
  readonly sentiment?: Sentiment;
}

/** Name by id. */
type NamesById = Readonly<Record<string, string>>;

export interface Names {
  readonly users: NamesById;
  readonly queues: NamesById;
  readonly wrapUpCodes: NamesById;
}

export interface Enrichment extends Extras {
  readonly callDetails: JsonObject | null;
  readonly callDetailsStatus: CallDetailsStatus;
  /** Only where names are asked for. */
  readonly names?: Names;
}

/**
 * The order in which they are asked for: what comes latest first. Where it is not there yet the others need not be asked in vain,
 * and then asked again: each is a request, and the quota is small.
 */
export const extrasByLateness = ['sentiment', 'transcript', 'participantAttributes'] as const satisfies readonly ExtraName[];

type NameOf = (kind: NameKind, id: string) => string | null;

/** The names that are known of the ids that a record names. */
export const namesOf = ({ agentIds, queueIds, wrapUpCodes }: RecordContent, nameOf: NameOf): Names => {
  const known = (kind: NameKind, ids: readonly string[]): NamesById =>
    Object.fromEntries(
      ids.flatMap((id) => {
        const name = nameOf(kind, id);
        return name === null ? [] : [[id, name] as const];
      }),
    );
  return { users: known('user', agentIds), queues: known('queue', queueIds), wrapUpCodes: known('wrapUpCode', wrapUpCodes) };
};
