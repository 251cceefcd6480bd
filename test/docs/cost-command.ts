import { runHere } from '../run-here';

/** What `tidemark cost` says without being told anything. */
export const costOfARun = async (): Promise<string> => `\`\`\`\n${(await runHere('cost')).stdout.trimEnd()}\n\`\`\``;
