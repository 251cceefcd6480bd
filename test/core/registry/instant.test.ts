import { fullFormats } from 'ajv-formats/dist/formats';
import fc from 'fast-check';
import { createCompiler } from '../../../src/core/registry/compiler';

const isInstant = createCompiler().compile({ type: 'string', format: 'date-time' });
const rfc3339 = fullFormats['date-time'] as { readonly validate: (text: string) => boolean };

const two = (least: number, most: number) => fc.integer({ min: least, max: most }).map((part) => String(part).padStart(2, '0'));
const rough = fc
  .tuple(
    fc.constantFrom('1969', '1970', '2000', '2024', '2100', '9999', '0000', '12026', '026'),
    fc.tuple(two(0, 13), two(0, 32)),
    fc.constantFrom('T', 't', ' ', ''),
    fc.tuple(two(0, 25), two(0, 61), two(0, 61)),
    fc.constantFrom('', '.', '.1', '.123456789', `.${'7'.repeat(40)}`),
    fc.constantFrom('Z', 'z', '', '+00:00', '-01:00', '+25:00', 'Z '),
  )
  .map(([year, day, t, time, fraction, zone]) => `${[year, ...day].join('-')}${t}${time.join(':')}${fraction}${zone}`);

test('an instant is what RFC 3339 says and JavaScript can read, from 1970 on', () => {
  let instants = 0;
  fc.assert(
    fc.property(rough, (text) => {
      const expected = rfc3339.validate(text) && Date.parse(text) >= 0;
      expect([text, isInstant(text)]).toEqual([text, expected]);
      instants += expected ? 1 : 0;
    }),
    { numRuns: 5_000 },
  );
  expect(instants).toBeGreaterThan(20);
});
