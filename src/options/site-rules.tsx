import { useEffect, useRef } from 'preact/hooks';
import { lockedAt, type Managed, type Rules, rulesFor, type Settings } from '../session/settings.ts';
import { here } from '../ui/here.ts';
import { Choice } from './choice.tsx';
import { changedRules, hasOwnRules, rulesToBeginWith } from './own-rules.ts';
import { RulesFields } from './rules-fields.tsx';

type SiteRulesProps = {
  readonly site: string;
  readonly settings: Settings;
  readonly managed: Managed;
  readonly onChange: (rules: Partial<Rules>) => Promise<void>;
  readonly vendor: 'chromium' | 'firefox';
};

/** What is different for one site: nothing, or rules of its own. */
export function SiteRules({ site, settings, managed, onChange, vendor }: SiteRulesProps) {
  const { say } = here;
  const own = hasOwnRules(settings, site);
  const sent = useRef<Rules>(undefined);
  useEffect(() => {
    sent.current = undefined;
  }, [settings]);

  // All of a site's rules go out at once: a second change must carry the first, though that is not stored yet.
  const change = async (change: Partial<Rules>): Promise<void> => {
    const rules = sent.current ? { ...sent.current, ...change } : changedRules(settings, site, change);
    sent.current = rules;
    try {
      await onChange(rules);
    } catch (error) {
      sent.current = undefined;
      throw error;
    }
  };

  return (
    <div class="site-rules">
      <Choice
        name="ownRules"
        locked={Object.hasOwn(managed.exceptions ?? {}, site)}
        label={say('ownRules')}
        hint={say(own ? 'ownRulesOn' : 'ownRulesOff')}
        checked={own}
        onChange={on => onChange(on ? rulesToBeginWith(settings) : {})}
      />
      {own && (
        <RulesFields
          rules={rulesFor(settings, site)}
          locked={lockedAt(managed, site)}
          onChange={change}
          vendor={vendor}
        />
      )}
    </div>
  );
}
