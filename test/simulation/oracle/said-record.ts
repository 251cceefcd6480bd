export const sumNames = ['talkMs', 'holdMs', 'alertMs', 'afterCallWorkMs', 'queueWaitMs'] as const;

export type SumName = (typeof sumNames)[number];

/** What a record says, as far as it is judged here; that it has this shape is for the schemas to say. */
export interface SaidRecord {
  readonly conversationId: string;
  readonly life: string;
  readonly revision: number;
  readonly pane: string;
  readonly status: string;
  readonly supersedes: number | null;
  readonly changed: readonly string[];
  readonly contentHash: string;
  readonly missing: readonly string[];
  readonly anomalies: readonly { readonly kind: string }[];
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly eventCount: number;
  readonly lifecycle: readonly { readonly sequence: number; readonly timestamp: string | null; readonly action: string }[];
  readonly metrics: Readonly<Record<SumName, number | null>>;
}
