declare const __GIVEN_SERVERS__: readonly string[];

/**
 * Bases of the own servers that an administrator's build came with (`OWN_SERVERS`). They are the user's like those that
 * the user added, but for the permission: it came with the installation, and nobody can give it back.
 */
export const givenServers: readonly string[] = __GIVEN_SERVERS__;
