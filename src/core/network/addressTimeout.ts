/**
 * How long a connection waits for one of several addresses of a host. Node's 250 ms are less than a distant server, or an
 * extension host that is busy, may need: where the next address is an IPv6 one that cannot be reached, every connection would
 * fail (nodejs/node#54359). This is enough for a lost packet, which is sent again after a second (milliseconds).
 */
export const addressTimeout = { autoSelectFamilyAttemptTimeout: 1_500 } as const;
