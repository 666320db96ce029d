/** The file in the storage folder. */
export const historyName = 'history.jsonl';
