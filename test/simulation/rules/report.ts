/** Called with the rule that has been broken. The first violation ends the run. */
export type Report = (violation: string) => void;
