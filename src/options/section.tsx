import type { ComponentChildren } from 'preact';

type SectionProps = { readonly title: string; readonly children: ComponentChildren };

/** One subject of the page: its title, and a sheet with what can be set. */
export function Section({ title, children }: SectionProps) {
  return (
    <section class="section" data-holds-focus tabIndex={-1}>
      <h2>{title}</h2>
      <div class="sheet">{children}</div>
    </section>
  );
}
