import type { Seat } from './stage';
import * as digital from './stories-digital';
import * as envelope from './stories-envelope';
import * as odd from './stories-odd';
import * as voice from './stories-voice';

interface ProductionBase {
  /** How often it is played, relative to the others, once each has been played once. */
  readonly weight: number;
  /** For stories that need another id or another time. */
  readonly reseat?: (seat: Seat) => Seat;
}

export type Production = ProductionBase &
  (
    | { readonly kind: 'feed'; readonly play: voice.Story }
    | { readonly kind: 'envelope'; readonly play: envelope.EnvelopeStory; readonly spoilt?: boolean }
    | { readonly kind: 'end-mark' }
  );

const feed = (weight: number, play: voice.Story, reseat?: ProductionBase['reseat']): Production => ({
  ...{ kind: 'feed', weight, play },
  ...(reseat && { reseat }),
});
const told = (weight: number, play: envelope.EnvelopeStory, spoilt = false): Production => ({
  kind: 'envelope',
  weight,
  play,
  spoilt,
});

/** No UUID, and too long and too odd for the name of an execution. */
const oddId = (seat: Seat): Seat => ({ ...seat, conversationId: `conv ${seat.conversationId}/ünï#1:${'x'.repeat(60)}` });

/** Everything that is played, what a newcomer should see first at the top. */
export const repertoire: readonly Production[] = [
  feed(12, voice.answeredCall),
  feed(4, voice.blindTransfer),
  feed(4, voice.consultTransfer),
  feed(2, voice.conferenceTransfer),
  feed(6, digital.messageThread),
  feed(3, digital.email),
  feed(2, digital.emailReplies),
  feed(3, digital.chat),
  feed(2, voice.callback),
  feed(2, digital.reopenedMessage),
  feed(2, digital.reopenedEmail),
  feed(3, voice.passedOn),
  feed(4, voice.abandonedCall),
  feed(2, voice.voicemail),
  feed(2, voice.selfService),
  feed(3, voice.campaignCall),
  told(3, envelope.envelopeCall),
  told(3, envelope.envelopeTransfer),
  told(1, envelope.envelopeQuietTransfer),
  told(2, envelope.envelopeChat),
  told(1, envelope.envelopeTask),
  told(1, envelope.envelopeLate),
  told(1, envelope.envelopeCall, true),
  { kind: 'end-mark', weight: 2 },
  feed(1, voice.withEndMark),
  feed(1, odd.lateWrapUp),
  feed(1, odd.lateStart),
  feed(1, odd.lateAgent),
  feed(1, odd.lateAttributes),
  feed(1, odd.endsAfterAll),
  feed(1, voice.withoutWrapUp),
  feed(1, odd.lostStart),
  feed(1, odd.lostEnd),
  feed(1, odd.stillWaiting),
  feed(1, odd.neverClosed),
  told(1, envelope.envelopeNeverEnds),
  feed(1, odd.oddKeys, oddId),
  feed(1, voice.answeredCall, (seat) => ({ ...seat, startMs: 0 })),
];
