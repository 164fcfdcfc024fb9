// What makes pages live; every page can be read without it.
// The service says that something changed (at most once a second); the page is fetched again and what differs is put in place.
const root = document.documentElement;
const main = document.getElementById('main');
const drift = () => Date.parse(root.dataset.now) - loaded;
let loaded = Date.now();

/** Makes `old` like `fresh`, touching only what differs: focus, scroll, selection and open parts stay. */
function morph(old, fresh) {
  if (old.dataset?.keep !== undefined) return;
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === 'open' && old.localName === 'details')) old.removeAttribute(name);
  }
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = child.id ? [...old.children].find(c => c.id === child.id) : null;
    if (same) {
      if (same !== at) old.insertBefore(same, at); else at = at.nextSibling;
      morph(same, child);
    } else if (at && !child.id && !at.id && at.nodeName === child.nodeName) {
      if (at.nodeType === Node.ELEMENT_NODE) morph(at, child);
      else if (at.data !== child.data) at.data = child.data;
      at = at.nextSibling;
    } else {
      const added = document.importNode(child, true);
      if (added.id) added.classList.add('fresh');
      old.insertBefore(added, at);
    }
  }
  while (at) { const next = at.nextSibling; at.remove(); at = next; }
}

/** Rows stay where they are: those that are there are renewed, newer ones are announced, not pushed in. */
function renewRows(fresh) {
  const rows = document.getElementById('rows');
  const coming = new Map([...fresh.querySelectorAll('#rows > tr')].map(r => [r.id, r]));
  const shown = new Set([...rows.children].map(r => r.id));
  for (const row of rows.children) {
    const next = coming.get(row.id);
    if (next) morph(row, next); else row.classList.add('gone');
  }
  if (rows.dataset.first !== undefined) {
    const newest = rows.firstElementChild?.id ?? '';
    const newer = [...coming.keys()].filter(id => !shown.has(id) && id > newest).length;
    const pill = document.getElementById('newer');
    pill.hidden = newer === 0;
    pill.firstElementChild.textContent = newer === 1 ? '1 newer job: show it' : `${newer} newer jobs: show them`;
  }
}

let busy = false;
let again = false;
let cost = 0;
async function renew() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const begun = performance.now();
    const rows = document.getElementById('rows');
    const url = new URL(location.href);
    if (rows) url.searchParams.set('rows', [...rows.children].map(r => r.id.slice(2)).join(' '));
    const answer = await fetch(url, { headers: { Accept: 'text/html', 'Muster-Renew': 'true' } });
    if (answer.status === 401) { location.reload(); return; }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    root.dataset.now = fresh.documentElement.dataset.now;
    loaded = Date.now();
    if (rows && fresh.getElementById('rows')) {
      renewRows(fresh);
      for (const chip of fresh.querySelectorAll('.chip')) { const old = document.getElementById(chip.id); if (old) morph(old, chip); }
    } else {
      morph(main, fresh.getElementById('main'));
    }
    dress();
    cost = performance.now() - begun;
  } catch { /* The stream says that the service is away, and when it is back. */ } finally {
    // A slow page rests ten times as long as it took.
    setTimeout(() => { busy = false; if (again) { again = false; renew(); } }, Math.max(900, cost * 10));
  }
}

let stream;
function listen() {
  stream?.close();
  if (main.dataset.live === undefined || document.hidden) return;
  const sign = document.getElementById('live');
  const say = on => { sign.hidden = false; sign.classList.toggle('off', !on); const word = on ? sign.dataset.on : sign.dataset.off; if (sign.textContent !== word) sign.textContent = word; };
  stream = new EventSource('/ui/live' + (main.dataset.live ? '?' + main.dataset.live : ''));
  stream.onopen = () => { say(true); renew(); };
  stream.onerror = () => { say(false); if (stream.readyState === EventSource.CLOSED) setTimeout(() => { listen(); renew(); }, 5000); };
  stream.onmessage = renew;
}

const UNITS = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
function span(ms) {
  const seconds = Math.max(0, ms / 1000);
  if (seconds < 10) return `${+(Math.floor(seconds * 10) / 10).toFixed(1)} s`;
  const i = UNITS.findIndex(([, size]) => seconds >= size);
  const rest = UNITS[i + 1] ? Math.floor(seconds % UNITS[i][1] / UNITS[i + 1][1]) : 0;
  return `${Math.floor(seconds / UNITS[i][1])} ${UNITS[i][0]}${rest ? ` ${rest} ${UNITS[i + 1][0]}` : ''}`;
}

/** Ages that go on; times of day are as the service wrote them, in the zone that was chosen; on a virtual clock the service's now stands still between its events. */
function times() {
  const now = root.dataset.clock === 'virtual' ? Date.parse(root.dataset.now) : Date.now() + drift();
  for (const time of document.querySelectorAll('time[datetime]:not([data-form="brief"])')) {
    const at = new Date(time.dateTime);
    const ago = now - at;
    const text = time.dataset.form === 'age' ? span(ago)
      : Math.abs(ago) < 1000 ? 'now' : ago < 0 ? `in ${span(-ago)}` : `${span(ago)} ago`;
    if (time.textContent !== text) time.textContent = text;
  }
}

/** Follows a pod's output from where the page ends. The panel scrolls along only while its end is in view. */
let following;
async function follow() {
  const panel = document.getElementById('log');
  if (!panel?.dataset.follow || following === panel) return;
  following = panel;
  const sign = document.getElementById('following');
  panel.scrollTop = panel.scrollHeight;
  try {
    const answer = await fetch(panel.dataset.follow, { headers: { Accept: 'text/plain' } });
    if (!answer.ok || !answer.body) return;
    sign.textContent = 'following';
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 40;
      panel.append(value.replace(/\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\))/g, '').replace(/[^\P{Cc}\n\t]/gu, ''));
      while (panel.textContent.length > 2_000_000 && panel.firstChild !== panel.lastChild) panel.firstChild.remove();
      if (atEnd) panel.scrollTop = panel.scrollHeight;
    }
    sign.textContent = 'ended';
  } catch { sign.textContent = 'not followed: reload to go on'; }
}

/** How many jobs are chosen to be compared, and when they are as many as may be. */
const compare = document.getElementById('compare');
const boxes = () => [...document.querySelectorAll('input[form="compare"]')];
function count() {
  if (!compare) return;
  const most = Number(compare.dataset.most);
  const all = boxes();
  const chosen = all.filter(b => b.checked).length;
  for (const box of all) box.disabled = chosen >= most && !box.checked;
  compare.classList.toggle('some', chosen > 0);
  compare.querySelector('button').disabled = chosen === 0;
  document.getElementById('unchoose').hidden = chosen === 0;
  const text = chosen === 0 ? `choose up to ${most} by their boxes` : chosen === 1 ? '1 chosen: beside the runs of the same before it'
    : chosen < most ? `${chosen} chosen, up to ${most}` : `${chosen} chosen: no more than these`;
  const said = document.getElementById('chosen');
  if (said.textContent !== text) said.textContent = text;
}

/** What only works with a script shows itself. */
function dress() {
  times();
  count();
  for (const button of document.querySelectorAll('[data-copy][hidden]')) if (navigator.clipboard) button.hidden = false;
  follow();
}

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.parentElement.classList.add('done');
    setTimeout(() => button.parentElement.classList.remove('done'), 1200);
  }
  for (const part of document.querySelectorAll('.sure[open]')) if (!part.contains(event.target)) part.open = false;
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    for (const part of document.querySelectorAll('.sure[open]')) {
      if (part.contains(document.activeElement)) part.querySelector('summary').focus();
      part.open = false;
    }
  }
});
document.getElementById('narrow')?.addEventListener('change', event => { if (event.target.localName === 'select') event.currentTarget.requestSubmit(); });

document.addEventListener('change', event => { if (event.target.form === compare) count(); });
document.getElementById('unchoose')?.addEventListener('click', () => {
  const first = boxes().find(b => b.checked);
  for (const box of boxes()) box.checked = false;
  count();
  first?.focus();
});
window.addEventListener('pageshow', count);

const link = document.getElementById('zone-name');
if (link) link.href += '?back=' + encodeURIComponent(location.pathname + location.search);
const here = document.getElementById('zone-here');
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (here && [...document.querySelectorAll('#zone option')].some(o => o.value === own)) {
  here.hidden = false;
  here.textContent = `Take this browser's: ${own}`;
  here.addEventListener('click', () => { here.form.elements.zone.value = own; here.form.requestSubmit(); });
}

const theme = document.getElementById('theme');
theme.hidden = false;
theme.addEventListener('click', () => {
  const dark = (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('muster-theme', root.dataset.theme);
});

dress();
setInterval(times, 1000);
// What the feed does not tell, such as a plan that found another reason, is looked for now and then.
setInterval(() => { if (!document.hidden && stream?.readyState === EventSource.OPEN) renew(); }, 10_000);
// What is being computed is looked for more often.
setInterval(() => { if (!document.hidden && document.querySelector('[data-soon]')) renew(); }, 2_000);
document.addEventListener('visibilitychange', () => document.hidden ? stream?.close() : listen());
window.addEventListener('pagehide', () => stream?.close());
listen();
