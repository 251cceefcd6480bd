/**
 * One call of a close that the network keeps back until others have got to its conversation. Its caller waits for it so long, or
 * is told that it failed, or is answered as usual, and a copy of it arrives then.
 */
export interface Delay {
  readonly conversationId: string;
  readonly call: 'put' | 'leave' | 'finish';
  readonly fate: 'slow' | 'given up' | 'copied';
  readonly until: 'claim' | 'read' | 'head';
  /** How often that moment passes before. */
  readonly passes: number;
}
