import { busyFrom, cpuMicrosPerUnit, figure, perSecond, refused, requestsPerUnit, type Figure } from '../figure';
import { overRounds } from '../rounds';
import { floorName, protocolName, seedName, seedUnderQuota, tidemarkName } from './entrants';
import { against, type Readings } from './report';

interface Target {
  readonly text: string;
  readonly least?: number;
  readonly most?: number;
  readonly figure: (readings: Readings) => Figure;
}

const own =
  (measure: Parameters<typeof against>[1]) =>
  (readings: Readings): Figure =>
    overRounds(readings.get(tidemarkName) ?? [], measure);

const targets: readonly Target[] = [
  {
    text: 'CPU at most 1.3 × the floor of the protocol',
    most: 1.3,
    figure: (all) => against(all, cpuMicrosPerUnit, tidemarkName, protocolName),
  },
  { text: 'CPU at most 2 × the floor', most: 2, figure: (all) => against(all, cpuMicrosPerUnit, tidemarkName, floorName) },
  { text: 'at most 0.45 requests/message', most: 0.45, figure: own(requestsPerUnit) },
  { text: 'at least 2,000 messages/s in one task', least: 2_000, figure: own(perSecond) },
  {
    text: 'at least 45 × a query and an execution per message',
    least: 45,
    figure: (all) => against(all, perSecond, tidemarkName, seedName),
  },
];

const judge = ({ least = -Infinity, most = Infinity }: Target, figure: Figure): string => {
  if (figure.kind === 'refused') return `no figure (${figure.why})`;
  const { value } = figure;
  return `${value >= least && value <= most ? 'met' : 'missed'} (${value.toFixed(value >= 10 ? 0 : 2)})`;
};

/** In fewer messages of a round, what a worker does by the clock weighs more than they do. */
const fewest = 500;

export const targetNotes = (readings: Readings): readonly string[] => {
  const isFew = (readings.get(tidemarkName) ?? []).some(({ done }) => done < fewest);
  const figureOf = ({ figure }: Target): Figure =>
    isFew ? refused(`fewer than ${fewest} messages in a round`) : figure(readings);
  return targets.map((target) => `target, ${target.text}: ${judge(target, figureOf(target))}`);
};

/** Who works one message at a time waits, and is meant to; nobody else should. */
const mayWait: readonly string[] = [seedName, seedUnderQuota.name];

/** Of whom it is not known whether more pollers would have made it faster. */
export const idleNotes = (readings: Readings): readonly string[] =>
  [...readings].flatMap(([name, own]) => {
    const demand = overRounds(own, ({ subject }) => figure(subject.demand));
    const isIdle = demand.kind === 'figure' && demand.value < busyFrom && !mayWait.includes(name);
    return isIdle ? [`${name}: its core was not full, with more pollers it may be faster`] : [];
  });
