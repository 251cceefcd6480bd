import type { RebuildMode } from '../core/rebuild';
import type { RebuildCounts } from '../on-call/rebuild';
import type { RebuildLook } from '../on-call/rebuild-look';
import { inColumns } from './columns';

const table = (rows: readonly (readonly string[])[]): string => inColumns(rows, (column) => column > 0);

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const costOf = (readUnits: number): string => `${Math.ceil(readUnits)} read units`;

const whatComes = (mode: RebuildMode): string =>
  mode === 'handoff'
    ? 'Each that changes becomes the next revision: stored, published, and handed off where the policy of the workers says so.'
    : 'Each that changes becomes the next revision: stored and published. No execution is started for it, then or later.';

const theWorkers =
  'The workers make the records, with the code that they run: they must run the mended version already. Parked windows are left alone.';

/** Of a dry run. */
export const lookText = ({ found, parked, items, readUnits, sample }: RebuildLook, mode: RebuildMode): string => {
  const { looked, same, changes, handedOff, expired, fails } = sample;
  const fields = Object.entries(sample.fields).sort(([, a], [, b]) => b - a);
  return [
    `Dry run: nothing was marked. ${plural(found, 'window')} would be, ${parked} of them parked (found among ${items} items, ${costOf(readUnits)}).`,
    '',
    `Of ${plural(looked, 'window')} that the code of this program was tried on:`,
    table([
      ['would change', String(changes)],
      ['  and be handed off', String(handedOff)],
      ['say the same', String(same)],
      ['kept as they are, their events have expired', String(expired)],
      ['would fail', String(fails)],
    ]),
    ...(fields.length > 0
      ? ['', 'Fields that would change:', table(fields.map(([field, count]) => [field, String(count)]))]
      : []),
    '',
    whatComes(mode),
    theWorkers,
    'Add --execute to do it.',
    '',
  ].join('\n');
};

export const rebuiltText = ({ found, marked, parked, missed, readUnits }: RebuildCounts, mode: RebuildMode): string =>
  [
    `Marked ${marked} of ${plural(found, 'window')}: ${parked} parked, ${missed} missed (${costOf(readUnits)}).`,
    whatComes(mode),
    theWorkers,
    'They are closed within seconds of the mark. To see that it is over, run it again without --execute: nothing would change.',
    '',
  ].join('\n');
