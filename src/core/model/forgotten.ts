/**
 * Whether the user has had everything forgotten at this time or later. A time of forgetting that is still to come says nothing:
 * the clock has been set back. All times are milliseconds since 1970.
 */
export function isForgottenSince(time: number, forgottenAt: number | undefined, now: number): boolean {
  return forgottenAt !== undefined && time <= forgottenAt && forgottenAt <= now;
}
