/** An HTTP reply, before it is written. `outcome` says in a few words what happened, for the record. */
export type Reply = {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
  readonly cookies?: readonly string[];
  readonly location?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outcome: string;
};

export function html(body: string, outcome: string, more: Partial<Reply> = {}): Reply {
  return { status: 200, contentType: 'text/html; charset=utf-8', body, outcome, ...more };
}

export function redirect(location: string, outcome: string, more: Partial<Reply> = {}): Reply {
  return html(page('Object moved', `<a href="${escapeMarkup(location)}">here</a>`), outcome, {
    status: 302,
    location,
    ...more,
  });
}

/** A page as the web server itself makes them, for what FogBugz does not know. */
export function notFound(): Reply {
  return html(page('404 - File or directory not found.', ''), 'not found', { status: 404 });
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
}

/** Text made safe for HTML and XML, in elements and in attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
