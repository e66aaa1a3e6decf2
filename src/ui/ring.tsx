/** How much of a wait is left, as a ring that empties: 1 is full. The number stands in its middle. */
export function Ring({ left, label }: { readonly left: number; readonly label: string }) {
  return (
    <svg class="ring" viewBox="0 0 40 40" aria-hidden="true">
      <circle class="ring-track" cx="20" cy="20" r="17" pathLength="1" />
      <circle
        class="ring-left"
        cx="20"
        cy="20"
        r="17"
        pathLength="1"
        stroke-dasharray="1 1"
        stroke-dashoffset={1 - Math.min(1, Math.max(0, left))}
        transform="rotate(-90 20 20)"
      />
      <text class="ring-label" x="20" y="20">
        {label}
      </text>
    </svg>
  );
}
