type Fields = Readonly<Record<string, unknown>>;

/** What a message holds, for whoever takes its shape for granted. */
export interface Carried {
  readonly format: 'genesys' | 'detail-envelope' | 'conversation-end';
  /** The registry's name for its envelope, and what it describes. */
  readonly envelope: string;
  readonly object: Fields;
  readonly events: readonly { readonly name: string; readonly payload: Fields }[];
}

const fieldsOf = (value: unknown): Fields => (typeof value === 'string' ? JSON.parse(value) : value) as Fields;

const peeled = (object: Fields): Fields => {
  if ('requestPayload' in object) return peeled(fieldsOf(object['requestPayload']));
  if (object['Type'] === 'Notification' && 'Message' in object) return peeled(fieldsOf(object['Message']));
  return object;
};

const detailsIn = (object: Fields): Carried => {
  const { details } = object['data'] as { readonly details: readonly Fields[] };
  const events = details.map((detail) => ({ name: String(detail['name']), payload: detail }));
  return { format: 'detail-envelope', envelope: 'envelope.detail', object, events };
};

const topicTemplate = ({ topicName, eventBody }: Fields): string =>
  String(topicName).replace(String((eventBody as Fields)['conversationId']), '{id}');

/** Null: none of the shapes that it knows. */
const carried = (object: Fields): Carried | null => {
  if ('eventBody' in object) {
    const events = [{ name: topicTemplate(object), payload: object['eventBody'] as Fields }];
    return { format: 'genesys', envelope: 'envelope.bare-detail', object, events };
  }
  if (object['data'] !== undefined) return detailsIn(object);
  const detail = object['detail'] as Fields | undefined;
  if (detail === undefined) return null;
  const name = String(object['detail-type']);
  if (detail['eventBody'] !== undefined) {
    const events = [{ name, payload: detail['eventBody'] as Fields }];
    return { format: 'genesys', envelope: 'envelope.eventbridge', object, events };
  }
  if (detail['data'] !== undefined) return detailsIn(detail);
  return { format: 'conversation-end', envelope: 'envelope.conversation-end', object, events: [{ name, payload: detail }] };
};

/** No more is asked than what tells the shapes apart. */
export const carriedIn = (body: string): Carried | null => carried(peeled(fieldsOf(body)));
