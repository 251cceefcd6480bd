/** Ids of Genesys are UUIDs. Dots alone would lead to another call, a slash or a question mark into its parameters. */
export const isPathId = (id: string): boolean => /^(?!\.+$)[\w.-]{1,100}$/.test(id);
