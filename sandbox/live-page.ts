/** The page that shows each token's life and each request as they happen. Tokens are shortened for the eye. */
export const livePage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>FogBugz sandbox</title><link rel="icon" href="data:,">
<style>body{font:15px/1.45 system-ui,sans-serif;margin:1rem;color:#222}table{border-collapse:collapse;width:100%;margin-bottom:2rem}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
tr.alive td:first-child{border-left:4px solid #2a7d3f}tr.dead td:first-child{border-left:4px solid #a33}
code{font:13px ui-monospace,monospace}.wide{overflow-x:auto}</style></head>
<body><h1>FogBugz sandbox</h1><p id="summary" role="status">…</p>
<h2>Tokens</h2><div class="wide"><table><thead><tr><th>Token</th><th>Site</th><th>Person</th><th>Made by</th><th>Born</th>
<th>Died</th><th>Lived</th><th>Log-offs</th><th>Checks</th></tr></thead><tbody id="tokens"></tbody></table></div>
<h2>Requests</h2><div class="wide"><table><thead><tr><th>At</th><th>Connection</th><th>Request</th><th>Command</th>
<th>Token</th><th>Status</th><th>Outcome</th></tr></thead><tbody id="requests"></tbody></table></div>
<script>
const time = ms => ms === undefined ? '' : new Date(ms).toISOString().slice(11, 23);
const short = token => token ? token.slice(0, 4) + '…' + token.slice(-2) : '';
const row = (kind, cells) => {
  const row = document.createElement('tr');
  row.className = kind;
  for (const text of cells) row.insertCell().textContent = text ?? '';
  return row;
};
async function show() {
  try {
    const state = await (await fetch('/sandbox/state.json')).json();
    const alive = state.tokens.filter(life => life.diedAt === undefined).length;
    summary.textContent = alive + ' of ' + state.tokens.length + ' tokens alive, ' + state.requests.length + ' requests';
    tokens.replaceChildren(...state.tokens.toReversed().map(life => row(life.diedAt === undefined ? 'alive' : 'dead', [
      short(life.token), life.host, life.person, life.via, time(life.createdAt),
      life.diedAt === undefined ? 'alive' : time(life.diedAt) + ' by ' + life.diedBy,
      (((life.diedAt ?? Date.now()) - life.createdAt) / 1000).toFixed(1) + ' s', life.logOffsAsked, life.checksAsked])));
    requests.replaceChildren(...state.requests.slice(-200).toReversed().map(request => row('', [
      time(request.at), request.connection + (request.reused ? ' (reused)' : ' (new)'),
      request.method + ' ' + request.host + request.path, request.command, short(request.token),
      request.status, request.outcome])));
  } catch { summary.textContent = 'The sandbox does not answer.'; }
  setTimeout(show, 500);
}
show();
</script></body></html>
`;
