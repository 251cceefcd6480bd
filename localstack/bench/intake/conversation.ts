/** What the protocol's requests are made of, and no more: nothing is checked. */
export interface Told {
  readonly conversationId: string;
  /** How many events the message carries. */
  readonly events: number;
  /** Whether one of them may end the conversation. */
  readonly mayEnd: boolean;
}

/** As much of all formats as is read here. The traffic of the benchmark is known to be of these. */
interface Carried {
  readonly Message?: string;
  readonly requestPayload?: Carried;
  readonly detail?: Carried;
  readonly topicName?: string;
  readonly eventBody?: { readonly conversationId: string };
  readonly conversationId?: string;
  readonly data?: { readonly id: string; readonly details: readonly Detail[] };
}

interface Detail {
  readonly type: string;
  readonly data?: { readonly status?: string };
}

const isEnd = ({ type, data }: Detail): boolean => type === 'conversation:state' && data?.status === 'disconnected';

/** Wrappers are taken off one by one. */
const toldBy = ({ Message, requestPayload, detail, topicName, eventBody, conversationId, data }: Carried): Told => {
  if (Message !== undefined) return toldBy(JSON.parse(Message) as Carried);
  const inner = requestPayload ?? detail;
  if (inner !== undefined) return toldBy(inner);
  if (eventBody) return { conversationId: eventBody.conversationId, events: 1, mayEnd: topicName?.endsWith('.end') ?? false };
  if (data) return { conversationId: data.id, events: data.details.length, mayEnd: data.details.some(isEnd) };
  if (conversationId === undefined) throw new TypeError('Expected a message of a conversation, got another.');
  return { conversationId, events: 1, mayEnd: true };
};

export const readTold = (body: string): Told => toldBy(JSON.parse(body) as Carried);
