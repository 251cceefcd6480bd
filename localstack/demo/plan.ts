import { analyticsOf } from '../traffic/analytics';
import { besideOf, type Beside } from '../traffic/beside';
import { generateTraffic } from '../traffic/generate';
import { sabotage } from '../traffic/sabotage';
import { moodMessages } from '../traffic/moods';
import { readSamples, sampleMessages, type SampleRecord } from '../traffic/samples';
import type { PlannedMessage, Traffic } from '../traffic/traffic';
import type { ExpectedDeadLetter, ExpectedPassed } from './judge/messages';
import type { ExpectedConversation } from './judge/records';
import type { DemoOptions } from './options';

/** What is sent, and what must come of it. */
export interface Plan {
  /** Sent one after the other, each when every window of the one before has closed. */
  readonly waves: readonly (readonly PlannedMessage[])[];
  readonly conversations: readonly ExpectedConversation[];
  readonly deadLetters: readonly ExpectedDeadLetter[];
  readonly passed: readonly ExpectedPassed[];
  readonly attached: readonly ExpectedPassed[];
  /** What Genesys's analytics know. */
  readonly analytics: readonly ReturnType<typeof analyticsOf>[];
  /** What it knows beside; null: workers ask for nothing beside. */
  readonly beside: Beside | null;
  readonly canaries: Traffic['canaries'];
  readonly clientSecret: string;
}

/** A sample comes once, so there is one revision. */
const ofSample =
  (file: string) =>
  (expected: SampleRecord): ExpectedConversation => {
    const { conversationId, status, missing, eventCount = 0 } = expected;
    const revision = { wave: 1, status, eventCount, ...(missing && { missing }) } as const;
    return { conversationId, story: file, expected, revisions: [revision] };
  };

/** Generated traffic, and samples with the outcome that is committed for each of their lines. */
export const planTraffic = (traffic: Traffic, samples: ReturnType<typeof readSamples>): Plan => {
  const messages = [...sampleMessages(samples), ...traffic.messages, ...moodMessages(traffic.truths)];
  return {
    waves: ([1, 2, 3] as const).map((wave) => messages.filter((message) => message.wave === wave)),
    conversations: [...samples.flatMap(({ name, records }) => records.map(ofSample(name))), ...traffic.truths],
    deadLetters: messages.flatMap(({ body, rejects }) => (rejects ? [{ body, reason: rejects.reason }] : [])),
    passed: messages.flatMap(({ body, passes }) => (passes ? [{ body, subject: passes.subject }] : [])),
    attached: messages.flatMap(({ body, attaches }) => (attaches ? [{ body, subject: attaches.subject }] : [])),
    analytics: traffic.truths.map(analyticsOf),
    beside: null,
    canaries: traffic.canaries,
    clientSecret: traffic.clientSecret,
  };
};

/** `asksForAll`: workers ask Genesys for all there is beside the details. */
export const makePlan = ({ seed, conversations, sabotage: how }: DemoOptions, asksForAll = true): Plan => {
  const generated = generateTraffic({ seed, conversations });
  // Starting twice is nothing that traffic could do.
  const traffic = how === undefined || how === 'start-twice' ? generated : sabotage(generated, how, seed);
  const plan = planTraffic(traffic, readSamples());
  if (!asksForAll) return plan;
  const beside = besideOf(traffic.truths);
  return { ...plan, beside, canaries: [...plan.canaries, ...beside.canaries] };
};
