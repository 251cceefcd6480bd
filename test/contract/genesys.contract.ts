import { analyticsRows } from './genesys-analytics.contract';
import { askGenesys, type AskGenesys, type GenesysSubject, type Row } from './genesys-asked';
import { limitRows } from './genesys-limits.contract';
import { otherRows } from './genesys-others.contract';
import { probes, type Probe } from './genesys-switches.contract';
import { tokenRows } from './genesys-token.contract';
import { switchNames, unverified, type SwitchName } from '../../localstack/embedded/genesys/unverified';

/*
 * What the program believes of Genesys Cloud, a promise in each row. A promise is `verified` by the public source that it names, or
 * `unverified`. It is held against the fake in every run of the tests, and against a real organisation by whoever has one.
 */

const rows = [...tokenRows, ...limitRows, ...analyticsRows, ...otherRows];

const titleOf = ({ says, verifiedBy }: Row): string =>
  `${says} [${verifiedBy === null ? 'unverified' : `verified: ${verifiedBy}`}]`;

type Open = (switches?: Partial<Record<SwitchName, string>>) => Promise<GenesysSubject>;

/** All of it, and of each switch every setting: what is seen from outside is what was set. */
export const fakeGenesysContract = (open: Open): void => {
  describe('the fake Genesys', () => {
    for (const row of rows) test(titleOf(row), async () => row.proof(askGenesys(await open())));
  });
  describe('the fake Genesys, where nobody knows', () => {
    const settings = switchNames.flatMap((name) => unverified[name].settings.map((setting) => [name, setting] as const));
    test.each(settings)('%s is seen to be %s', async (name, setting) => {
      expect(await probes[name].see(askGenesys(await open({ [name]: setting })))).toBe(setting);
    });
  });
};

const canNotRun = (why: string): string => `(not run here: ${why})`;

/** What can be asked without changing anything; of each switch, which setting is the real one. */
export const organisationContract = (open: Open, tell: (line: string) => void): void => {
  let genesys: AskGenesys;
  beforeAll(async () => void (genesys = askGenesys(await open())));
  describe('a real organisation', () => {
    for (const row of rows)
      if (row.needsScript === undefined) test(titleOf(row), () => row.proof(genesys));
      else test.skip(`${titleOf(row)} ${canNotRun(row.needsScript)}`, () => undefined);
  });
  describe('a real organisation, where nobody knew', () => {
    for (const name of switchNames) {
      const { needsScript, see }: Probe = probes[name];
      const settings: readonly string[] = unverified[name].settings;
      const title = `${name}: ${unverified[name].of}`;
      if (needsScript === undefined)
        test(title, async () => {
          const seen = await see(genesys);
          tell(`${name}: ${seen ?? 'could not be told from what this organisation has'}`);
          expect(seen === null || settings.includes(seen) ? seen : `${seen}, which is none of ${settings.join(', ')}`).toBe(seen);
        });
      else test.skip(`${title} ${canNotRun(needsScript)}`, () => undefined);
    }
  });
};
