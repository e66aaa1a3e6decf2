import type { ComponentChildren } from 'preact';

/** The drawings in the pages. All of them only repeat what words beside them say. */
function Drawing({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <svg class={`symbol ${name}`} viewBox="0 0 16 16" aria-hidden="true">
      {children}
    </svg>
  );
}

/** The extension's own: a closed door, as on the toolbar. */
export function Door() {
  return (
    <Drawing name="door">
      <path
        fill-rule="evenodd"
        d="M3 13.5V3a2 2 0 0 1 2-2h6a2 2 0 0 1 2 2v10.5h1.25a.75.75 0 0 1 0 1.5H1.75a.75.75 0 0 1 0-1.5zM10 6.8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z"
      />
    </Drawing>
  );
}

/** No session: the door's outline. */
export function EmptyDoor() {
  return (
    <Drawing name="empty-door">
      <path
        class="line"
        d="M3.75 14.25V3A1.25 1.25 0 0 1 5 1.75h6A1.25 1.25 0 0 1 12.25 3v11.25M1.25 14.25h13.5"
      />
      <circle cx="10" cy="8" r="1" />
    </Drawing>
  );
}

export function Gear() {
  return (
    <Drawing name="gear">
      <circle class="rim" cx="8" cy="8" r="3.9" />
      <circle class="teeth" cx="8" cy="8" r="6.1" pathLength="16" />
    </Drawing>
  );
}

export function Tick() {
  return (
    <Drawing name="tick">
      <path class="line" d="M2.75 8.5 6.25 12l7-8" />
    </Drawing>
  );
}

export function Dash() {
  return (
    <Drawing name="dash">
      <path class="line" d="M4 8h8" />
    </Drawing>
  );
}

export function Dot() {
  return (
    <Drawing name="dot">
      <circle cx="8" cy="8" r="4" />
    </Drawing>
  );
}

export function Clock() {
  return (
    <Drawing name="clock">
      <circle class="line" cx="8" cy="8" r="6" />
      <path class="line" d="M8 4.5V8h2.75" />
    </Drawing>
  );
}

export function Key() {
  return (
    <Drawing name="key">
      <circle class="line" cx="5" cy="8" r="2.75" />
      <path class="line" d="M7.75 8h6.5M11.5 8v2.5M14 8v2" />
    </Drawing>
  );
}

/** Set by somebody else. */
export function Padlock() {
  return (
    <Drawing name="padlock">
      <path class="line" d="M5 7V5a3 3 0 0 1 6 0v2" />
      <path d="M4.5 6.5h7A1.5 1.5 0 0 1 13 8v4.5a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12.5V8a1.5 1.5 0 0 1 1.5-1.5z" />
    </Drawing>
  );
}

/** Something is wrong. */
export function Mark() {
  return (
    <Drawing name="mark">
      <path class="line" d="M8 2 1.75 13.25h12.5zM8 6.5v3M8 11.4v.1" />
    </Drawing>
  );
}
