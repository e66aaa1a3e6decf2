/** The FogBugz error codes that decide something here [docs/wire.md]; any other is merely `refused`. */
export const errorCodes = {
  /** A password, or a second factor that the API can't ask for: it has been documented as both. */
  incorrectPassword: 1,
  ambiguousLogOn: 2,
  argumentMissing: 4,
  notLoggedOn: 3,
  twoFactor: 29,
} as const;
