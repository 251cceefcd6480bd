import { callsPerUnit, cpuMicrosPerUnit, figure, medianFigure, ratio, refused, requestsPerUnit, type Figure } from '../figure';
import type { Report, Row } from '../subject';
import { askedPerSecond, defaults } from './arithmetic';
import { fullFrom } from './cores';
import type { Span } from './fleet';
import type { IdleFleet } from './idle';
import type { LoadedFleet } from './loaded';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What more workers could do, only a machine with room for them shows. */
const unlessFull = ({ coresBusy, reading }: Span, value: number): Figure => {
  if (coresBusy >= fullFrom) return refused(`the machine's cores were full (${percent(coresBusy)})`);
  const { backend } = reading;
  return backend !== null && backend.demand >= fullFrom
    ? refused(`the backend was busy (${percent(backend.demand)})`)
    : figure(value);
};

const perSecondOf =
  (doneOf: (span: Span) => number) =>
  (span: Span): Figure =>
    unlessFull(span, (doneOf(span) * 1_000) / span.reading.wallMs);

const closedIn = ({ before, after }: Span): number => after.started - before.started;
const messagesPerSecond = perSecondOf(({ reading }) => reading.done);
const closedPerSecond = perSecondOf(closedIn);

const perClosed =
  (count: (span: Span) => number) =>
  (span: Span): Figure => {
    const closed = closedIn(span);
    return closed === 0 ? refused('nothing was closed') : figure(count(span) / closed);
  };

const refusedIn = (name: string) =>
  perClosed(({ before, after }) => ((after.refused[name] ?? 0) - (before.refused[name] ?? 0)) * 1_000);

const overSpans = ({ rounds }: LoadedFleet, measure: (span: Span) => Figure): Figure => medianFigure(rounds.map(measure));

const speedUp = (fleet: LoadedFleet, alone: LoadedFleet, measure: (span: Span) => Figure): Figure =>
  ratio(overSpans(fleet, measure), overSpans(alone, measure));

const share = (of: Figure, workers: number): Figure => (of.kind === 'figure' ? figure(of.value / workers) : of);

const withoutCore = ({ reading }: Span): Figure => figure(reading.subject.waited * 100);

const loadedRow = (fleet: LoadedFleet, alone: LoadedFleet): Row => {
  const { workers, metrics, conversations } = fleet;
  const perThousand = (count: number): Figure => figure((count * 1_000) / Math.max(1, conversations));
  const [messages, closed] = [speedUp(fleet, alone, messagesPerSecond), speedUp(fleet, alone, closedPerSecond)];
  return {
    name: `${workers} worker${workers === 1 ? '' : 's'}`,
    cells: {
      'messages/s': overSpans(fleet, messagesPerSecond),
      '× 1 worker': messages,
      'of ideal': share(messages, workers),
      'conversations/s': overSpans(fleet, closedPerSecond),
      '× 1 worker ': closed,
      'of ideal ': share(closed, workers),
      'CPU µs/message': overSpans(fleet, ({ reading }) => cpuMicrosPerUnit(reading)),
      'requests/message': overSpans(fleet, ({ reading }) => requestsPerUnit(reading)),
      'heads together/message': overSpans(fleet, ({ reading }) => callsPerUnit(reading, 'BatchExecuteStatement')),
      alone: overSpans(fleet, ({ reading }) => callsPerUnit(reading, 'UpdateItem')),
      'write units/conv.': overSpans(
        fleet,
        perClosed(({ reading: { units } }) => units.write + units.indexWrite),
      ),
      'of the index': overSpans(
        fleet,
        perClosed(({ reading: { units } }) => units.indexWrite),
      ),
      'lost claims ‰': overSpans(fleet, refusedIn('claim')),
      'refused heads ‰': overSpans(fleet, refusedIn('BatchExecuteStatement')),
      'reopened ‰': perThousand(metrics.total('WindowsReopened')),
      'kept ‰': perThousand(metrics.total('MessagesKept')),
      'cores busy %': overSpans(fleet, ({ coresBusy }) => figure(coresBusy * 100)),
      'without a core %': overSpans(fleet, withoutCore),
      'backend %': overSpans(fleet, ({ reading }) => figure((reading.backend?.demand ?? 0) * 100)),
    },
  };
};

/** Of what so many workers could do, were there nothing that they share. */
export const leastOfIdeal = 0.9;

const verdict = (fleet: LoadedFleet, alone: LoadedFleet): string => {
  const waited = overSpans(fleet, withoutCore);
  const noCore = waited.kind === 'figure' ? ` (one had no core for ${waited.value.toFixed(0)} % of the time)` : '';
  const of = (what: string, measure: (span: Span) => Figure): string => {
    const own = share(speedUp(fleet, alone, measure), fleet.workers);
    if (own.kind === 'refused') return `${what} refused, ${own.why}`;
    return `${what} ${own.value.toFixed(2)} of ideal, ${own.value >= leastOfIdeal ? 'met' : `MISSED${noCore}`}`;
  };
  return `target ${leastOfIdeal}: ${fleet.workers} workers: ${of('intake', messagesPerSecond)}; ${of('closing', closedPerSecond)}`;
};

const loadedNotes = [
  'one poll at a time each, holds of seconds. What more workers add shows only where the machine has room for them',
  'without a core: of the time, the worker that waited longest for one. Its round trips were longer by that',
  '‰: of a thousand conversations. Lost claims: another worker, or a window that moved on. Refused heads: read again, and tried again',
];

export const loadedReport = (fleets: readonly LoadedFleet[]): Report => {
  const alone = fleets[0]!;
  return {
    title: `scale, round trip ${alone.rttMs} ms`,
    rows: fleets.map((fleet) => loadedRow(fleet, alone)),
    notes: [...loadedNotes, ...fleets.slice(1).map((fleet) => verdict(fleet, alone))],
    complaints: [],
  };
};

const idleRow = ({ workers, members, span: { reading } }: IdleFleet): Row => {
  const perSecond = (count: number): Figure => figure((count * 1_000) / reading.wallMs);
  const reckoned = askedPerSecond(members, defaults);
  const part = workers / members;
  const { dueQueries, fleetQueries, leverQueries, fleetReadUnits, dueReadUnits } = reckoned;
  // The levers' empty page, read consistently, is one unit.
  const readUnits = fleetReadUnits + dueReadUnits + leverQueries;
  return {
    name: workers === members ? `${workers} idle` : `${workers} of ${members} idle`,
    cells: {
      'queries/s': perSecond(reading.calls['Query'] ?? 0),
      'reckoned queries/s': figure((dueQueries + fleetQueries + leverQueries) * part),
      'read units/s': perSecond(reading.units.read),
      'reckoned read units/s': figure(readUnits * part),
      'polls/s': perSecond(reading.calls['ReceiveMessage'] ?? 0),
      'CPU ms/s each': figure(reading.subject.cpuMs / (reading.wallMs / 1_000) / workers),
    },
  };
};

const idleNotes = [
  'production’s settings and nothing to do. Reckoned: what the settings ask, to be found in scale/arithmetic.ts',
  'of 1,000 all but one are heartbeats without a worker behind them: what the one asks is what each would',
];

export const idleReport = (fleets: readonly IdleFleet[]): Report => ({
  title: 'scale, at rest',
  rows: fleets.map(idleRow),
  notes: idleNotes,
  complaints: [],
});
