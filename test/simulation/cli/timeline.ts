import type { Fact, History, Plan, SideEvent, TracedEffect } from '../history';
import type { Judged } from './judged';

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

export const timeOf = (ms: number): string =>
  `${Math.floor(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}.${String(Math.floor(ms % 1_000)).padStart(3, '0')}`;

/** Keys sorted, nulls left out: the same content, the same text. */
const contentOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, inner]) => inner !== null)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );

interface Names {
  readonly facts: ReadonlyMap<string, Fact>;
  readonly factByContent: ReadonlyMap<string, Fact>;
  readonly factsByBody: ReadonlyMap<string, readonly string[]>;
  readonly sideByContent: ReadonlyMap<string, SideEvent>;
  readonly sideByBody: ReadonlyMap<string, SideEvent>;
  readonly bodies: ReadonlyMap<string, string>;
  readonly conversationByExecution: ReadonlyMap<string, string>;
}

const namesIn = (plan: Plan, { effects }: History): Names => {
  const facts = plan.scripts.flatMap((script) => script.facts);
  const sent = [...plan.messages, ...plan.ambushes];
  const sides = new Map(plan.sideEvents.map((event) => [event.id, event]));
  const bodies = new Map<string, string>();
  const conversationByExecution = new Map<string, string>();
  for (const effect of effects) {
    if (effect.kind === 'sent') bodies.set(effect.messageId, effect.body);
    if (effect.kind === 'put' && effect.execution)
      conversationByExecution.set(effect.execution.name, String(effect.record['conversationId']));
  }
  return {
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    factByContent: new Map(facts.map((fact) => [fact.conversationId + contentOf(fact.raw), fact])),
    factsByBody: new Map(sent.map(({ body, facts: ids }) => [body, ids])),
    sideByContent: new Map(plan.sideEvents.map((event) => [contentOf(event.raw), event])),
    sideByBody: new Map(
      sent.flatMap(({ body, side = '' }) => {
        const event = sides.get(side);
        return event ? [[body, event] as const] : [];
      }),
    ),
    bodies,
    conversationByExecution,
  };
};

const factsOf = (names: Names, body: string): readonly Fact[] =>
  (names.factsByBody.get(body) ?? []).flatMap((id) => names.facts.get(id) ?? []);

/** Conversations that a body is about. */
const aboutOf = (names: Names, body: string): readonly string[] => {
  const side = names.sideByBody.get(body)?.conversationId ?? null;
  return [...factsOf(names, body).map(({ conversationId }) => conversationId), ...(side === null ? [] : [side])];
};

const messageNamed = (names: Names, messageId: string): string => {
  const side = names.sideByBody.get(names.bodies.get(messageId) ?? '');
  if (side) return `message ${messageId} (${side.id})`;
  const facts = factsOf(names, names.bodies.get(messageId) ?? '');
  const actions = facts.slice(0, 3).map(({ action }) => action);
  const more = facts.length > 3 ? ` and ${facts.length - 3} more` : '';
  return `message ${messageId}${actions.length > 0 ? ` (${actions.join(', ')}${more})` : ' (nothing that can be read)'}`;
};

const factNamed = (names: Names, conversationId: string, raw: unknown): string => {
  const fact = names.factByContent.get(conversationId + contentOf(raw));
  const side = names.sideByContent.get(contentOf(raw));
  return fact ? `${fact.action} (${fact.id})` : (side?.id ?? 'an event that is in no script');
};

const revisionNamed = (record: Readonly<Record<string, unknown>>): string => {
  const { revision, pane, status, eventCount } = record;
  return `revision ${String(revision)} (${String(pane)}, ${String(status)}, ${String(eventCount)} events)`;
};

const parsed = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** What an effect is about; null where it concerns everybody. */
const conversationsOf = (names: Names, effect: TracedEffect): readonly string[] | null => {
  switch (effect.kind) {
    case 'sent':
    case 'overflowed':
      return aboutOf(names, effect.body);
    case 'received':
    case 'deleted':
    case 'setAside':
      return aboutOf(names, names.bodies.get(effect.messageId) ?? '');
    case 'stored':
    case 'expired':
    case 'head':
      return [effect.conversationId];
    case 'put':
      return [String(effect.record['conversationId'])];
    case 'started':
      return [names.conversationByExecution.get(effect.name) ?? effect.name];
    case 'published':
      return [String(parsed(effect.message)['conversationId'])];
    case 'fault':
    case 'worker':
    case 'outage':
      return null;
  }
};

const described = (names: Names, effect: TracedEffect): string => {
  switch (effect.kind) {
    case 'sent':
      return `${effect.isRedrive ? 'redriven' : 'sent'}: ${messageNamed(names, effect.messageId)}`;
    case 'received':
      return `received ${messageNamed(names, effect.messageId)}, receive ${effect.receiveCount}`;
    case 'deleted':
      return `deleted ${messageNamed(names, effect.messageId)}`;
    case 'overflowed':
      return `the queue gave up ${messageNamed(names, effect.messageId)}`;
    case 'setAside':
      return `set aside ${messageNamed(names, effect.messageId)} as ${effect.reason}, receive ${effect.receiveCount}`;
    case 'stored':
      return `stored ${factNamed(names, effect.conversationId, effect.raw)} of ${effect.conversationId}`;
    case 'expired':
      return `expired: ${effect.raw ? factNamed(names, effect.conversationId, effect.raw) : effect.what} of ${effect.conversationId}`;
    case 'head':
      return `window of ${effect.conversationId}: ${effect.from} → ${effect.to}, finished ${effect.finished}${effect.how ? ` (${effect.how})` : ''}`;
    case 'put':
      return `put ${revisionNamed(effect.record)} of ${String(effect.record['conversationId'])}${effect.execution ? '' : ', not to be handed off'}`;
    case 'started':
      return `started ${effect.name}: ${effect.answer}`;
    case 'published': {
      const message = parsed(effect.message);
      if (effect.attributes['kind'] === 'record')
        return `published ${revisionNamed(message)} of ${String(message['conversationId'])}`;
      const side = names.sideByContent.get(contentOf(message['body']));
      return side ? `passed on ${side.id}` : 'published an event';
    }
    case 'fault':
      return `× ${effect.call} ${effect.what}`;
    case 'worker':
      return `■ worker ${effect.what}`;
    case 'outage':
      return `■ outage of ${effect.of} ${effect.what}`;
  }
};

/** What happened, a line each; of one conversation and of what befell everybody, or of all. */
export const timelineOf = ({ plan, history }: Judged, conversationId: string | null): readonly string[] => {
  const names = namesIn(plan, history);
  const concerns = (effect: TracedEffect): boolean => {
    const about = conversationsOf(names, effect);
    return conversationId === null || about === null || about.includes(conversationId);
  };
  return history.effects.filter(concerns).map((effect) => {
    const worker = 'worker' in effect ? `worker ${effect.worker}` : '';
    return `${timeOf(effect.atMs).padStart(14)}  ${worker.padEnd(9)} ${described(names, effect)}`;
  });
};

const nonZero = (knobs: object): string =>
  Object.entries(knobs)
    .filter(([, value]) => typeof value === 'number' && value > 0)
    .map(([name, value]) => `${name} ${Number(value) >= 1 ? String(value) : Number(value).toFixed(3)}`)
    .join(', ');

const blowsIn = ({ blows }: Plan): string =>
  blows
    .map(({ kind, atMs, ...rest }) => {
      const details = Object.entries(rest).filter(([, value]) => value !== null);
      return `${kind} at ${timeOf(atMs)}${details.map(([name, value]) => `, ${name} ${String(value)}`).join('')}`;
    })
    .join('; ');

/** A plan in a few lines. */
export const planInShort = (plan: Plan): readonly string[] => {
  const { scripts, messages, ambushes, delays, weather } = plan;
  const skew = weather.clockSkewMs.some((ms) => ms !== 0) ? `clockSkewMs ${weather.clockSkewMs.join('/')}` : '';
  return [
    `profile    ${plan.profile}, ${plan.workers} workers${plan.startsAtMs > 0 ? `, which start at ${timeOf(plan.startsAtMs)}` : ''}`,
    `traffic    ${scripts.map(({ conversationId, kind }) => `${conversationId} (${kind})`).join(', ')}`,
    `           ${messages.length} messages, ${ambushes.map(({ conversationId, moment }) => `one after the ${moment} of ${conversationId}`).join(', ') || 'no ambushes'}`,
    `weather    ${[nonZero(weather), nonZero(weather.genesys), skew].filter((text) => text !== '').join(', ') || 'calm'}`,
    `blows      ${blowsIn(plan) || 'none'}`,
    `delays     ${delays.map(({ conversationId, call, fate, until }) => `the ${call} of ${conversationId} ${fate}, until its ${until}`).join(', ') || 'none'}`,
    `settings   ${Object.entries(plan.settings)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ')}`,
  ];
};

/** The conversation that a breach names, if it is one of the plan's; the longest name that fits. */
export const conversationNamedIn = (plan: Plan, text: string): string | null =>
  plan.scripts
    .map(({ conversationId }) => conversationId)
    .filter((id) => text.includes(id))
    .sort((a, b) => b.length - a.length)[0] ?? null;
