import type { Addresses, CustomerLeg, Media, Script } from './script';
import type { Stage } from './stage';
import { askForIntent, type Story } from './stories-voice';
import type { Wave } from './traffic';

/* Messages, chats and e-mails: slower than calls, and open again weeks later under the same id. */

type Digital = Extract<Media, 'MESSAGE' | 'CHAT' | 'EMAIL'>;

const hourMs = 3_600_000;
const flowTypes: Readonly<Record<Digital, string>> = {
  MESSAGE: 'INBOUNDSHORTMESSAGE',
  CHAT: 'INBOUNDCHAT',
  EMAIL: 'INBOUNDEMAIL',
};

const addressesOf = ({ canary, chance }: Stage, media: Digital): Addresses => {
  switch (media) {
    case 'EMAIL':
      return {
        addressFrom: `${canary('email')}@example.test`,
        addressTo: `${canary('email')}@example.test`,
        subject: `Re: my order, ${canary('subject')}`,
      };
    case 'MESSAGE':
      return {
        addressFrom: canary('number'),
        addressTo: 'shop',
        messageType: chance.pick(['WHATSAPP', 'SMS', 'WEBMESSAGING', 'TELEPATHY']),
      };
    case 'CHAT':
      return { addressFrom: canary('name') };
  }
};

/** One opening of the conversation, from the customer's first word to the agent's wrap-up. */
const episode = (stage: Stage, media: Digital, participantId?: string): CustomerLeg => {
  const customer = stage.enter(media, 'INBOUND', participantId);
  stage.flow({ media, flowType: flowTypes[media], disconnect: 'TRANSFER' });
  if (stage.chance.happens(0.5)) askForIntent(stage, customer.participantId);
  stage.queue({ media, outcome: 'ANSWERED' });
  if (stage.chance.happens(0.4)) {
    stage.agent({ disconnect: 'TRANSFER' });
    stage.pass(20, 5_000);
  }
  stage.agent({ disconnect: 'CLIENT' });
  return stage.leave(customer, media === 'CHAT' ? 'PEER' : 'CLIENT');
};

const once =
  (story: string, media: Digital): Story =>
  (stage) => {
    episode(stage, media);
    return stage.script(story, addressesOf(stage, media));
  };

export const messageThread = once('message', 'MESSAGE');
export const chat = once('chat', 'CHAT');
export const email = once('e-mail', 'EMAIL');

/** Each reply is a session of the agent's that lasts a fraction of a second. */
export const emailReplies: Story = (stage) => {
  const customer = stage.enter('EMAIL', 'INBOUND');
  stage.queue({ media: 'EMAIL', outcome: 'ANSWERED' });
  const { userId } = stage.agent({ disconnect: 'CLIENT' });
  for (let replies = stage.chance.between(1, 3); replies > 0; replies -= 1) {
    stage.pass(2_000, hourMs);
    stage.agent({ disconnect: 'CLIENT', userId, talkMs: null, times: { alertMs: null } });
  }
  stage.leave(customer, 'CLIENT');
  return stage.script('e-mail with replies', addressesOf(stage, 'EMAIL'));
};

/** Open again after its window has closed, `waves` in all; nothing is told twice. */
const reopened =
  (story: string, media: Digital, waves: readonly Wave[]): Story =>
  (stage): Script => {
    let participantId: string | undefined;
    for (const wave of waves) {
      stage.wave(wave);
      participantId = episode(stage, media, participantId).participantId;
      stage.pass(hourMs, 30 * 24 * hourMs);
    }
    return stage.script(story, addressesOf(stage, media), { reopened: true });
  };

export const reopenedMessage = reopened('message that opens again twice', 'MESSAGE', [1, 2, 3]);
export const reopenedEmail = reopened('e-mail that opens again', 'EMAIL', [1, 2]);
