import axios from 'axios';
import type { Fault } from '../embedded/back-office/faults';
import type { Written } from '../embedded/back-office/written';

/** Scripts the CRM and the ticket system in the stand-ins' process. */
export const scriptBackOffice = async (backOfficeUrl: string, faults: readonly Fault[]): Promise<void> => {
  await axios.put(`${backOfficeUrl}/_control/faults`, faults, { proxy: false });
};

export const readWritten = async (backOfficeUrl: string): Promise<Written> =>
  (await axios.get<Written>(`${backOfficeUrl}/_control/written`, { proxy: false })).data;
