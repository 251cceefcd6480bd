import { ConfigError, loadGenesysConfig, type Environment } from '../../config';
import type { Seen } from '../../doctor/seen';
import { examineGenesys } from '../../genesys/examine';
import type { GenesysSeen } from '../../ports-doctor';
import { genesysByHand } from '../genesys-by-hand';
import { notAskable } from './look';

/** For one attempt of one question. */
const timeoutMs = 8_000;

/** Null: the workers ask Genesys for nothing. */
export const lookAtGenesys = async (environment: Environment): Promise<Seen<GenesysSeen> | null> => {
  if (environment['CALL_DETAILS'] === 'off') return null;
  try {
    const settings = loadGenesysConfig(environment);
    const value = await examineGenesys({ ...settings, timeoutMs }, settings, genesysByHand(settings.credentials));
    return { kind: 'seen', value };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return notAskable(error.problems.join(' '), 'Set them as the workers have them, or CALL_DETAILS=off.');
  }
};
