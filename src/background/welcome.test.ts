import { describe, expect, it } from 'vitest';
import { createWelcome } from './welcome.ts';

function createProfile(diskIs: 'writable' | 'full' = 'writable') {
  const profile = { welcomed: false, pages: 0 };
  const welcome = createWelcome({
    wasShown: async () => profile.welcomed,
    remember: async () => {
      if (diskIs === 'full') throw new Error('The disk is full');
      profile.welcomed = true;
    },
    open: async () => {
      profile.pages += 1;
    },
  });
  return { profile, welcome };
}

describe('the welcome', () => {
  it('opens at the first installation and never again', async () => {
    const { profile, welcome } = createProfile();
    for (const reason of ['install', 'install', 'update']) await welcome(reason);
    expect(profile.pages).toBe(1);
  });

  it('does not open after an update, nor at what looks like an installation later', async () => {
    const { profile, welcome } = createProfile();
    await welcome('update');
    await welcome('install');
    expect(profile.pages).toBe(0);
  });

  it('does not open where it could not be remembered', async () => {
    const { profile, welcome } = createProfile('full');
    await expect(welcome('install')).rejects.toThrow();
    expect(profile.pages).toBe(0);
  });
});
