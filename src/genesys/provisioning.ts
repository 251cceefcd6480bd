import { isObject, type JsonObject } from '../core/json';
import type { Clock } from '../ports';
import type { Listed, ProvisioningApi } from './provisioning-api';
import { GenesysFailedError, LookFirstError } from './provisioning-errors';
import {
  changesOf,
  configChanges,
  configFor,
  eventBridgeSource,
  otherDestination,
  partsChanged,
  type Change,
  type Existing,
  type Wanted,
} from './provisioning-plan';

/*
 *  look                   carry out                                                    verify
 *   '- ours, by name       |- create (POST)      dies here: the next run finds it by name  '- read back
 *      and type            |- configure (PUT)    names the version that it replaces
 *                          '- enable (PATCH)
 * Each of the three is left out where there is nothing to do, so a run that was cut off is mended by the next.
 */

export interface ProvisioningOutside {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Told before each write, and of what others did meanwhile. */
  readonly announce: (text: string) => void;
}

export interface Look {
  readonly existing: Existing | null;
  readonly reportedState: string | null;
  readonly changes: readonly Change[];
}

export interface Provisioned {
  readonly integrationId: string;
  readonly intendedState: string | null;
  readonly reportedState: string | null;
  /** What Genesys has otherwise than it was told. */
  readonly notTaken: readonly Change[];
}

/** A new integration may not be found at once. */
const settleMs = 2_000;
const settleTries = 5;

const places = (changes: readonly (Change & { readonly kind: 'set' })[]): string =>
  changes.map(({ property, from, to }) => `${property} is ${JSON.stringify(from)}, was to be ${JSON.stringify(to)}`).join('; ');

/** Another account is somebody else's feed. Another suffix or region is another partner event source: until that is associated, events are lost. */
const assertDestination = (wanted: Wanted, id: string, config: JsonObject, mayMove: boolean): void => {
  const others = otherDestination(wanted, config);
  const account = others.filter(({ property }) => property === 'awsAccountId');
  const name = JSON.stringify(wanted.name);
  if (account.length > 0)
    throw new LookFirstError(
      `Expected integration ${name} (${id}) to send to account ${wanted.accountId}: ${places(account)}. Name another integration with --name, or the right account with --account.`,
    );
  if (others.length > 0 && !mayMove)
    throw new LookFirstError(
      `Expected integration ${name} (${id}) to have this suffix and region, or none yet: ${places(others)}. A new suffix or region is a new partner event source, and events are lost until it is associated with an event bus; --move does it all the same.`,
    );
};

const named = (listed: readonly Listed[], name: string): readonly Listed[] => listed.filter((each) => each.name === name);

/** Whether another integration has the source already that ours would have. */
const findTwin = (listed: readonly Listed[], wanted: Wanted): Listed | undefined =>
  listed.find(({ type, properties }) => {
    const { eventSourceSuffix, awsAccountId, awsAccountRegion } = properties;
    const isSame = eventSourceSuffix === wanted.suffix && awsAccountId === wanted.accountId && awsAccountRegion === wanted.region;
    return type === eventBridgeSource && isSame;
  });

/** Ours among all, or null. Rejects where a person must decide. */
const findOurs = (listed: readonly Listed[], wanted: Wanted): Listed | null => {
  const name = JSON.stringify(wanted.name);
  const ours = named(listed, wanted.name);
  const ids = ours.map(({ id }) => id).join(', ');
  if (ours.length > 1)
    throw new LookFirstError(
      `Expected one integration named ${name}, found ${ours.length}: ${ids}. Delete or rename all but one.`,
    );
  const [one] = ours;
  if (one && one.type !== eventBridgeSource)
    throw new LookFirstError(
      `Expected integration ${name} (${one.id}) to be of type ${eventBridgeSource}, it is of type ${JSON.stringify(one.type)}. Name ours otherwise with --name.`,
    );
  const twin = one ? undefined : findTwin(listed, wanted);
  if (twin)
    throw new LookFirstError(
      `Expected no other integration with suffix ${wanted.suffix} for account ${wanted.accountId} in ${wanted.region}, found ${JSON.stringify(twin.name)} (${twin.id}). Take it with --name, or another suffix with --suffix.`,
    );
  return one ?? null;
};

const gone = (id: string): LookFirstError =>
  new LookFirstError(`Expected integration ${id} to be there still: it was deleted meanwhile. Run again to create it anew.`);

const lookFor = async (api: ProvisioningApi, wanted: Wanted, mayMove: boolean): Promise<Look> => {
  const ours = findOurs(await api.list(), wanted);
  if (!ours) return { existing: null, reportedState: null, changes: changesOf(wanted, null) };
  const config = await api.config(ours.id);
  if (!config) throw gone(ours.id);
  assertDestination(wanted, ours.id, config, mayMove);
  const existing = { id: ours.id, config, intendedState: ours.intendedState };
  return { existing, reportedState: ours.reportedState, changes: changesOf(wanted, existing) };
};

/** What there is, and what it would take. */
export const look = (api: ProvisioningApi, wanted: Wanted, mayMove: boolean): Promise<Look> =>
  lookFor(api, wanted, mayMove).catch((error: unknown) => {
    throw error instanceof LookFirstError ? new LookFirstError(`${error.message} Nothing was changed.`) : error;
  });

type Doing = ProvisioningOutside & { readonly api: ProvisioningApi; readonly wanted: Wanted; readonly mayMove: boolean };

/** Somebody may have done the same at the same time; whoever sees it leaves both alone. */
const assertOnly = async ({ api, wanted }: Doing, id: string): Promise<void> => {
  const others = named(await api.list(), wanted.name).filter((each) => each.id !== id);
  if (others.length > 0)
    throw new LookFirstError(
      `Expected integration ${JSON.stringify(wanted.name)} to be the only one of its name, somebody made another meanwhile: ${others.map((each) => each.id).join(', ')}. This run made ${id}, which is neither configured nor enabled. Delete one of them and run again.`,
    );
};

const create = async (doing: Doing): Promise<Existing> => {
  const { api, wanted, announce, clock } = doing;
  const name = JSON.stringify(wanted.name);
  announce(`Creating integration ${name}: POST /api/v2/integrations.`);
  let made = await api.create(wanted.name);
  if (!made) {
    made = findOurs(await api.list(), wanted);
    announce(
      made ? 'It was made all the same.' : `It was not made. Creating integration ${name} again: POST /api/v2/integrations.`,
    );
    made ??= await api.create(wanted.name);
  }
  if (!made)
    throw new GenesysFailedError(
      `Expected Genesys to create integration ${name}, it asked for a wait twice, or has one that it does not list. Try again in a minute.`,
    );
  await assertOnly(doing, made.id);
  for (let left = settleTries; left > 0; left--) {
    const config = await api.config(made.id);
    if (config) return { id: made.id, config, intendedState: made.intendedState };
    await clock.sleep(settleMs);
  }
  throw new LookFirstError(
    `Expected the new integration ${made.id} to be found within ${(settleTries * settleMs) / 1_000} s. Run again.`,
  );
};

const configure = async ({ api, wanted, announce, mayMove }: Doing, { id, config }: Existing): Promise<void> => {
  const path = `PUT /api/v2/integrations/${id}/config/current`;
  announce(`Configuring integration ${id}: ${path}.`);
  const first = await api.configure(id, configFor(wanted, config));
  if (first.kind === 'done') return;
  const now = first.kind === 'gone' ? null : await api.config(id);
  if (!now) throw gone(id);
  if (first.kind === 'turned-down' && now['version'] === config['version'])
    throw new GenesysFailedError(
      `Expected Genesys to take the configuration of integration ${id}: ${first.why}. Check --suffix, --account, --region and the topics.`,
    );
  announce(`It was changed meanwhile: ${partsChanged(config, now).join(', ') || 'only its version'}.`);
  assertDestination(wanted, id, now, mayMove);
  if (configChanges(wanted, now).length === 0) return;
  announce(`Configuring integration ${id} again: ${path}.`);
  const second = await api.configure(id, configFor(wanted, now));
  if (second.kind === 'gone') throw gone(id);
  if (second.kind !== 'done')
    throw new LookFirstError(
      `Expected the configuration of integration ${id} to rest, it was changed twice while this ran. Run again.`,
    );
};

const verify = async ({ api, wanted }: Doing, id: string): Promise<Provisioned> => {
  const state = await api.state(id);
  const config = await api.config(id);
  if (!state || !isObject(config)) throw gone(id);
  const { intendedState, reportedState } = state;
  return { integrationId: id, intendedState, reportedState, notTaken: changesOf(wanted, { id, config, intendedState }) };
};

/** Does what the look found to be missing, and reads it back. */
export const carryOut = async (doing: Doing, { existing }: Look): Promise<Provisioned> => {
  const { api, wanted, announce } = doing;
  const ours = existing ?? (await create(doing));
  if (configChanges(wanted, ours.config).length > 0) await configure(doing, ours);
  if (ours.intendedState !== 'ENABLED') {
    announce(`Enabling integration ${ours.id}: PATCH /api/v2/integrations/${ours.id}.`);
    if ((await api.enable(ours.id)) === 'gone') throw gone(ours.id);
  }
  return verify(doing, ours.id);
};
