import type { FakeGenesys } from '../../localstack/embedded/genesys/server';

/** What only a fake can be told: its script, and how time passes. */
export interface Script {
  readonly control: FakeGenesys['control'];
  readonly advance: (ms: number) => void;
}

/** Where a Genesys is, real or fake. */
export interface GenesysSubject {
  readonly apiUrl: string;
  readonly loginUrl: string;
  readonly client: { readonly id: string; readonly secret: string };
  /** Null: nothing can be scripted. */
  readonly script: Script | null;
  /** Conversations that are over, from the same day; at least two. */
  readonly ended: (ask: AskGenesys) => Promise<readonly Ended[]>;
}

export interface Ended {
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly conversationEnd: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON that came; undefined where none did. */
  readonly body: Record<string, unknown> | undefined;
}

/** A caller as plain as HTTP allows, so that nothing of the program stands between the promise and its proof. */
export interface AskGenesys {
  readonly subject: GenesysSubject;
  readonly login: (secret?: string) => Promise<Answered>;
  /** One token for all that is asked. */
  readonly token: () => Promise<string>;
  readonly get: (path: string, token?: string | null) => Promise<Answered>;
  readonly send: (method: string, path: string, json: unknown) => Promise<Answered>;
  readonly query: (body: Readonly<Record<string, unknown>>) => Promise<Answered>;
}

/** A promise of the API. */
export interface Row {
  readonly says: string;
  /** The public source; null: nobody has seen it. */
  readonly verifiedBy: string | null;
  /** Why it can be shown with a script only; absent: it can be asked of any organisation, and changes nothing there. */
  readonly needsScript?: string;
  readonly proof: (genesys: AskGenesys) => Promise<void>;
}

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

const request = async (url: string, init: RequestInit): Promise<Answered> => {
  const answer = await fetch(url, { ...init, redirect: 'error' });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
};

export const askGenesys = (subject: GenesysSubject): AskGenesys => {
  const login: AskGenesys['login'] = (secret = subject.client.secret) =>
    request(`${subject.loginUrl}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${subject.client.id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
  let given: Promise<string> | null = null;
  const token = (): Promise<string> =>
    (given ??= login().then(({ status, body }) => {
      if (status !== 200) throw new Error(`Expected ${subject.loginUrl} to give a token, it answered ${status}.`);
      return String(body?.['access_token']);
    }));
  const send = async (method: string, path: string, json: unknown): Promise<Answered> => {
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
    return request(`${subject.apiUrl}${path}`, { method, headers, body: JSON.stringify(json) });
  };
  return {
    subject,
    login,
    token,
    get: async (path, other) => {
      const bearer = other === undefined ? await token() : other;
      return request(`${subject.apiUrl}${path}`, { headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` } });
    },
    send,
    query: (body) => send('POST', '/api/v2/analytics/conversations/details/query', body),
  };
};

export const detailsOf = (...ids: readonly string[]): string => `/api/v2/analytics/conversations/details?id=${ids.join(',')}`;

export const idsOf = (answer: Answered): readonly string[] =>
  ((answer.body?.['conversations'] ?? []) as readonly Ended[]).map(({ conversationId }) => conversationId);

const dayMs = 86_400_000;
/** The UTC day of a time, as the interval of a query. */
export const dayOf = (time: string): string => {
  const fromMs = Math.floor(Date.parse(time) / dayMs) * dayMs;
  return `${new Date(fromMs).toISOString()}/${new Date(fromMs + dayMs).toISOString()}`;
};

const filterOf = (predicate: Readonly<Record<string, string>>) => [
  { type: 'or', predicates: [{ type: 'dimension', ...predicate }] },
];
export const withId = (value: string) => filterOf({ dimension: 'conversationId', operator: 'matches', value });
export const withEnd = filterOf({ dimension: 'conversationEnd', operator: 'exists' });
