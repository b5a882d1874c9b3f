import * as l10n from '@vscode/l10n';

/** The translations that the extension host put into the page. */
const bundle = document.getElementById('l10n')?.textContent;
if (bundle) l10n.config({ contents: JSON.parse(bundle) });

/** A message in the user's language; `{0}`, `{1}`… are replaced. */
export const t: (message: string, ...args: (string | number)[]) => string = l10n.t;
