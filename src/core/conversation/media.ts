/**
 * Where a medium makes a difference. Fields, durations and sessions are alike in all of them, so this table is all that is
 * chosen per medium.
 */
interface MediaTraits {
  /** An agent's session is connected from its start; on other media it may only ring, and how it went is known at its end. */
  readonly connectsAtStart: boolean;
  /** A conversation that was over may go on at once under the same id, without ringing again. */
  readonly reopensConnected: boolean;
}

const live: MediaTraits = { connectsAtStart: false, reopensConnected: false };
const written: MediaTraits = { connectsAtStart: true, reopensConnected: true };

const traits: ReadonlyMap<string, MediaTraits> = new Map([
  ['voice', live],
  ['video', live],
  ['callback', live],
  ['task', live],
  ['chat', written],
  ['message', written],
  ['email', written],
]);

/** Media that are new to us are taken as live: nothing is called connected that might only have rung. */
export const mediaTraits = (mediaType: string | null): MediaTraits => traits.get(mediaType ?? '') ?? live;
