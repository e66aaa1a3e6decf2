import type { Face } from '../browser/face.ts';
import type { Guarding } from '../session/guarding.ts';
import { here } from '../ui/here.ts';
import { Dash, Mark, Tick } from '../ui/symbols.tsx';
import { checkUp, type Gap, type Layer } from './check-up.ts';
import { gapWords, layerWords, standingWords } from './check-up-words.ts';
import { CloseDrill, type CloseDrillProps } from './close-drill.tsx';
import { Section } from './section.tsx';

type CheckUpSectionProps = CloseDrillProps & { readonly vendor: 'chromium' | 'firefox' };

/** What is covered here, layer by layer, and the drill that shows it. */
export function CheckUpSection({ face, vendor, ...drill }: CheckUpSectionProps) {
  const { say } = here;
  const { everywhere, layers } = checkUp(face, vendor);
  return (
    <Section title={say('checkUpTitle')}>
      <p>{say('checkUpWhat')}</p>
      <Gaps gaps={everywhere} guarding={face.guarding} />
      <ol class="layers">
        {layers.map(layer => (
          <LayerRow key={layer.name} layer={layer} face={face} />
        ))}
      </ol>
      <CloseDrill face={face} {...drill} />
    </Section>
  );
}

function LayerRow({ layer, face }: { readonly layer: Layer; readonly face: Face }) {
  const { say } = here;
  const { when, how } = layerWords(layer, say);
  return (
    <li class="layer" data-layer={layer.name} data-standing={layer.standing} data-tone={layer.tone}>
      <Sign tone={layer.tone} />
      <div>
        <h3>
          {when} <span class="standing-word">{standingWords(layer, say)}</span>
        </h3>
        <p class="muted">{how}</p>
        <Gaps gaps={layer.gaps} guarding={face.guarding} />
      </div>
    </li>
  );
}

function Sign({ tone }: Pick<Layer, 'tone'>) {
  switch (tone) {
    case 'good':
      return <Tick />;
    case 'plain':
      return <Dash />;
    case 'bad':
      return <Mark />;
    default:
      return tone satisfies never;
  }
}

function Gaps({ gaps, guarding }: { readonly gaps: readonly Gap[]; readonly guarding: Guarding }) {
  if (gaps.length === 0) return null;
  return (
    <ul class="points">
      {gaps.map(gap => (
        <li key={gap.is} data-gap={gap.is}>
          {gapWords(gap, guarding, here)}
        </li>
      ))}
    </ul>
  );
}
