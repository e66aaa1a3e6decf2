import { Button } from '../ui/button.tsx';
import { here } from '../ui/here.ts';
import { Notice } from '../ui/notice.tsx';
import type { Saying } from '../ui/saying.ts';

type GuardNoticeProps = {
  readonly trouble: Saying;
  readonly openOptions: () => void;
};

/** A Guard that was turned on and doesn't cover a crash. All the rest works without it, so this is said quietly. */
export function GuardNotice({ trouble: { happened, advice }, openOptions }: GuardNoticeProps) {
  return (
    <Notice
      look="quiet"
      title={happened}
      action={
        <Button does="show-guard" onPress={openOptions}>
          {here.say('guardInOptions')}
        </Button>
      }
    >
      {advice}
    </Notice>
  );
}
