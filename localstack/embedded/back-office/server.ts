import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../loopback';
import { openFaults, type Door, type Fault } from './faults';
import { readWrite, type Write, type Written } from './written';

/*
 * A customer's CRM and ticket system, as the workflow sees them:
 *
 *   GET  /crm/contacts?externalContactId=…&limit=1    the contact, {contacts: [{id}]}
 *   GET  /crm/contacts?address=…&limit=1              the same, by telephone number or mail address
 *   PUT  /crm/conversations?conversationId=…          the one entry of a conversation, at its contact
 *   PUT  /desk/tickets?conversationId=…               the one ticket of a conversation
 *   PUT  /_control/faults                             what goes wrong next
 *   GET  /_control/written                            every write, in order
 */

export interface BackOffice {
  readonly url: string;
  readonly crmUrl: string;
  readonly ticketUrl: string;
  readonly script: (faults: readonly Fault[]) => void;
  readonly written: () => Written;
  /** From now on requests wait here before they take effect; answers how to let them go. */
  readonly holdAt: (door: Door, isMeant: (write: Write) => boolean) => Hold;
  readonly close: () => Promise<void>;
}

export interface Hold {
  /** When the first such request is there. */
  readonly arrived: Promise<void>;
  readonly release: () => void;
}

interface Held {
  readonly door: Door;
  readonly isMeant: (write: Write) => boolean;
  readonly arrive: () => void;
  readonly released: Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const doors: Readonly<Record<string, Door>> = {
  'GET /crm/contacts': 'contacts',
  'PUT /crm/conversations': 'conversations',
  'PUT /desk/tickets': 'tickets',
};

const hash = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 12);

/** Whoever has an external contact is known; of addresses, about half. */
const findContacts = (query: URLSearchParams): readonly { readonly id: string }[] => {
  const externalContactId = query.get('externalContactId');
  const address = query.get('address');
  if (externalContactId !== null) return [{ id: `contact-${hash(externalContactId)}` }];
  return address !== null && Number.parseInt(hash(address).slice(-1), 16) % 2 === 0 ? [{ id: `contact-${hash(address)}` }] : [];
};

const send = (response: ServerResponse, { status, body }: Answer): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};

const openHold = (held: Held[], door: Door, isMeant: Held['isMeant']): Hold => {
  let arrive!: () => void;
  let release!: () => void;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  held.push({ door, isMeant, arrive, released });
  return { arrived, release };
};

const openOffice = () => {
  const entries: Write[] = [];
  const tickets: Write[] = [];
  const held: Held[] = [];
  const faults = openFaults();

  const write = async (door: Door, request: IncomingMessage): Promise<Answer> => {
    const one = readWrite(await text(request), String(request.headers['idempotency-key']));
    const hold = held.find((each) => each.door === door && each.isMeant(one));
    hold?.arrive();
    await hold?.released;
    (door === 'tickets' ? tickets : entries).push(one);
    return { status: 200, body: { conversationId: one.conversationId } };
  };

  const serve = async (request: IncomingMessage, { pathname, searchParams }: URL): Promise<Answer> => {
    const asked = `${request.method} ${pathname}`;
    if (asked === 'GET /_control/written') return { status: 200, body: { entries, tickets } };
    if (asked === 'PUT /_control/faults') {
      faults.script(JSON.parse(await text(request)) as readonly Fault[]);
      return { status: 200, body: {} };
    }
    const door = doors[asked];
    if (!door) return { status: 404, body: { expected: Object.keys(doors), got: asked } };
    const fault = faults.next(door);
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
    if (fault?.answer !== undefined) return { status: fault.answer, body: { message: 'as scripted' } };
    return door === 'contacts' ? { status: 200, body: { contacts: findContacts(searchParams) } } : write(door, request);
  };

  return {
    serve,
    script: faults.script,
    written: (): Written => ({ entries, tickets }),
    holdAt: (door: Door, isMeant: Held['isMeant']): Hold => openHold(held, door, isMeant),
  };
};

export const startBackOffice = async (port = 0): Promise<BackOffice> => {
  const { serve, ...office } = openOffice();
  const server = createServer((request, response) => {
    serve(request, new URL(request.url ?? '/', 'http://here')).then(
      (answer) => send(response, answer),
      (error: unknown) => send(response, { status: 500, body: { message: String(error) } }),
    );
  });
  const { url, close } = await listenOnLoopback(server, port);
  return { ...office, url, crmUrl: `${url}/crm`, ticketUrl: `${url}/desk`, close };
};
