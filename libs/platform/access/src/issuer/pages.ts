/** The issuer's own pages: plain, without scripts, usable by keyboard and screen reader. */
import { createHash } from 'node:crypto';

export interface Persona {
  readonly id: string;
  readonly name: string;
  /** What they do: "Physician, Riverside Family Practice". */
  readonly title: string;
}

export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
.note { border-left: .25rem solid #b45309; padding: .25rem .75rem; }
ul { list-style: none; padding: 0; }
li { margin: .5rem 0; }
button { width: 100%; min-height: 3rem; padding: .5rem 1rem; font: inherit; text-align: start; border: 1px solid; border-radius: .4rem; cursor: pointer; }
button:focus-visible { outline: .2rem solid #2563eb; outline-offset: .15rem; }
button span { display: block; opacity: .8; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Browsers hold the redirect after a form to `form-action` too, and the web client may run on another loopback port. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "form-action 'self' http://127.0.0.1:* http://localhost:*",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const page = (title: string, body: string): Page => ({
  html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} - Fascia</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body>
</html>
`,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not "no-referrer": browsers then send "Origin: null" with the form, which tells nobody where it came from.
    'referrer-policy': 'same-origin',
  },
});

const DEMO =
  '<p class="note">Development sign-in: these people are made up, and anybody on this machine can be any of them.</p>';

export const loginPage = (action: string, personas: readonly Persona[]): Page => {
  const buttons = personas.map(
    ({ id, name, title }) =>
      `<li><button type="submit" name="persona" value="${escapeHtml(id)}">${escapeHtml(name)}<span>${escapeHtml(title)}</span></button></li>`,
  );
  return page(
    'Who are you today?',
    `${DEMO}\n<form method="post" action="${escapeHtml(action)}" autocomplete="off"><ul aria-label="Demo people">\n${buttons.join('\n')}\n</ul></form>`,
  );
};

/** @param form the hidden form that the provider made. */
export const logoutPage = (form: string): Page =>
  page(
    'Sign out?',
    `${form}\n<ul><li><button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></li>
<li><button type="submit" form="op.logoutForm">Stay signed in</button></li></ul>`,
  );

export const signedOutPage = (): Page => page('You are signed out', '<p>You can close this page.</p>');

/** The description comes from the provider; it never carries codes or tokens. */
export const errorPage = (error: string, description: string | undefined): Page =>
  page(
    'Sign-in did not work',
    `<p>${escapeHtml(description ?? 'Something about the request was wrong.')}</p>\n<p>Code: <code>${escapeHtml(error)}</code>. Go back and start again.</p>`,
  );
