import { type Happening, isSession, ownHost, publicHosts, say, someStored, tabsOf } from './happening.ts';

/** What the user asks of the extension. */
export const user = {
  'log off': {
    weight: 3,
    calm: false,
    do: async world => {
      const session = someStored(world);
      if (!session) return undefined;
      world.judge.decide('click', life => life.token === session.token && isSession(life));
      await say(world, { do: 'log-off', id: session.id });
      return `the user logs ${world.judge.nameOf(session.token)} off`;
    },
  },
  'log off everywhere': {
    weight: 1,
    calm: false,
    do: async world => {
      world.judge.decide('click', isSession);
      const how = world.dice.pick(['the popup', 'a key', 'the menu'] as const);
      const { browser } = world;
      if (how === 'the popup') await say(world, { do: 'log-off-everywhere' });
      if (how === 'a key') await world.fire(() => browser.events.command.fire('log-off-everywhere', {}));
      if (how === 'the menu')
        await world.fire(() => browser.events.menuClicked.fire({ menuItemId: 'menuLogOffEverywhere' }, {}));
      return `the user logs off everywhere by ${how}`;
    },
  },
  'click the button': {
    weight: 1,
    calm: false,
    do: async world => {
      const tabs = tabsOf(world);
      if (tabs.length === 0) return undefined;
      world.judge.decide('click', isSession);
      const { id } = world.dice.pick(tabs);
      await world.fire(() => world.browser.events.buttonClicked.fire({ id }));
      return `the user clicks the button at tab ${id}`;
    },
  },
  'stay or keep': {
    weight: 2,
    calm: true,
    do: async world => {
      const session = someStored(world);
      if (!session) return undefined;
      const { id } = session;
      const on = world.dice.chance(0.7);
      await say(world, world.dice.chance(0.5) ? { do: 'keep-on', id } : { do: 'stay-once', id, on });
      return `the user keeps ${world.judge.nameOf(session.token)} on`;
    },
  },
  'try now': {
    weight: 2,
    calm: true,
    do: async world => {
      const session = someStored(world);
      if (!session) return undefined;
      await say(world, { do: 'try-now', id: session.id });
      return `the user asks to try ${world.judge.nameOf(session.token)} now`;
    },
  },
  forget: {
    weight: 1,
    calm: false,
    do: async world => {
      const session = someStored(world, (_, state) => state === 'owed');
      const life = session && world.judge.lives.get(session.token);
      if (!session || !life) return undefined;
      life.letGo = true;
      await say(world, { do: 'forget', id: session.id });
      return `the user forgets ${life.name}`;
    },
  },
  paste: {
    weight: 4,
    calm: true,
    do: async world => {
      const site = world.site(world.dice.pick(publicHosts));
      const kind = world.dice.chance(0.5) ? 'api-key' : 'session';
      const life = world.judge.meet(site.birth(kind === 'api-key' ? 'key' : 'json'), site, { kind });
      await say(world, { ask: 'take-token', site: site.base, token: life.token, kind, window: 'ordinary' });
      return `the user pastes ${life.name}, a ${kind} of ${site.host}`;
    },
  },
  'log on in the popup': {
    weight: 2,
    calm: true,
    do: async world => {
      const site = world.site(world.dice.pick(publicHosts));
      const page = world.isCalm ? 'not' : world.dice.pick(['too', 'not'] as const);
      const who = { email: 'ada@example.com', password: 'demo' };
      await say(world, { ask: 'log-on', site: site.base, ...who, page, window: 'ordinary' });
      return `the user logs on in the popup at ${site.host}${page === 'too' ? ', and at the pages' : ''}`;
    },
  },
  'key out': {
    weight: 3,
    calm: false,
    do: async world => {
      const key = someStored(world, kind => kind === 'api-key');
      const life = key && world.judge.lives.get(key.token);
      if (!key || !life) return undefined;
      const revokes = world.dice.chance(0.5);
      if (revokes) life.decided = 'revoked';
      else life.letGo = true;
      await say(world, { do: revokes ? 'revoke-key' : 'drop-key', id: key.id });
      return `the user ${revokes ? 'revokes' : 'takes out'} ${life.name}`;
    },
  },
  'change rules': {
    weight: 2,
    calm: false,
    do: async world => {
      const { dice } = world;
      const change = dice.pick([
        { lastTab: dice.chance(0.7) },
        { graceSeconds: dice.pick([0, 10, 60]) },
        { browserClose: dice.chance(0.7) },
        { idleMinutes: dice.pick([0, 5]) },
        { lock: dice.chance(0.5) },
        { maxHours: dice.pick([0, 1, 8]) },
        { dailyAt: dice.pick(['', '12:00']) },
      ]);
      // From now on time alone may decide.
      if ('maxHours' in change || 'dailyAt' in change || 'idleMinutes' in change || 'lock' in change)
        world.timeDecides = true;
      // A session may be older already than the rule lets it be.
      world.noteTime();
      if (change.browserClose === false) world.closeKeeps = true;
      await say(world, { do: 'change-settings', change });
      return `the user sets ${JSON.stringify(change)}`;
    },
  },
  'change manners': {
    weight: 1,
    calm: true,
    do: async world => {
      const { dice } = world;
      const change = dice.pick([
        { keepHistory: dice.chance(0.5) },
        { toolbarClick: dice.pick(['popup', 'log-off'] as const) },
        { notices: dice.pick(['none', 'all'] as const) },
      ]);
      await say(world, { do: 'change-settings', change });
      return `the user sets ${JSON.stringify(change)}`;
    },
  },
  'remove the site': {
    weight: 1,
    calm: false,
    do: async world => {
      const site = world.site(ownHost);
      world.judge.decide('site removed', life => life.site === site && isSession(life));
      // Its keys are dropped with it: they live on at the server, which is what keys are for.
      for (const life of world.judge.lives.values())
        if (life.site === site && !isSession(life)) life.letGo = true;
      await say(world, { do: 'remove-site', base: site.base });
      return `the user removes ${site.host}`;
    },
  },
  'add the site': {
    weight: 2,
    calm: true,
    do: async world => {
      const site = world.site(ownHost);
      await world.fire(() => world.browser.grant(site.host));
      await say(world, { ask: 'add-site', address: site.base });
      return `the user adds ${site.host}`;
    },
  },
} satisfies Record<string, Happening>;
