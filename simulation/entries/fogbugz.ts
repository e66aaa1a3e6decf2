/** What of the sandbox answers requests, without its sockets. */
export { exchange } from '../../sandbox/exchange.ts';
export { Faults } from '../../sandbox/faults.ts';
export { Place } from '../../sandbox/place.ts';
export { defaultSwitches, switchNames, valuesOf, withSwitch } from '../../sandbox/switches.ts';
export { TokenStore } from '../../sandbox/tokens.ts';
