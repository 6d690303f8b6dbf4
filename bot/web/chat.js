'use strict';
// The chat's page: what is typed and pressed goes to the server, what happens in the room comes back as events. Without
// this script the page works too, with a new page for each.
(() => {
  const $ = (id) => document.getElementById(id);
  const room = document.body.dataset.room;
  const log = $('log'), line = $('line'), list = $('proposals'), state = $('state');
  let name = '', source = null, seen = document.body.dataset.at, epoch = seen.split('-')[0];
  let lost = false, backoff = 1000, heard = 0, ahead = 0, waiting = null;

  // A tab keeps its name; without a place for it, until it is loaded again.
  const kept = {
    get: () => { try { return sessionStorage.getItem('name') || ''; } catch { return ''; } },
    set: (n) => { try { sessionStorage.setItem('name', n); } catch { /* it is asked for again */ } },
  };

  function say(text, no) {
    state.classList.toggle('no', !!no);
    state.textContent = text;
  }

  // post sends a form, and again if the connection broke: by its nonce the server knows it for the same.
  async function post(path, fields) {
    const body = new URLSearchParams({ room, name, ...fields, nonce: Math.random().toString(36).slice(2) + Date.now().toString(36) });
    for (let tries = 0; ; tries++) {
      let answer;
      try {
        answer = await fetch('/chat/' + path, { method: 'POST', body, headers: { Accept: 'application/json' } });
      } catch (e) {
        if (tries === 5) { say('There is no connection to the bot. Try again when it is back.', true); return null; }
        say('Connecting again…');
        await new Promise((done) => setTimeout(done, 500 * 2 ** tries));
        continue;
      }
      const told = await answer.json().catch(() => ({ error: 'Something went wrong on our side.' }));
      if (answer.ok) { if (!lost) say(''); return told; }
      say(told.error, true);
      if (answer.status === 401 || answer.status === 409) askName();
      return null;
    }
  }

  // Names.
  function askName() {
    $('enter').hidden = false;
    $('say').hidden = true;
    $('name').focus();
    $('name').select();
  }

  async function enter(typed, quiet) {
    name = typed;
    const told = await post('enter', {});
    if (!told) { name = ''; return false; }
    name = told.name;
    kept.set(name);
    $('own').textContent = name;
    $('you').hidden = false;
    $('rename').hidden = false;
    $('enter').hidden = true;
    $('say').hidden = false;
    document.querySelectorAll('.as').forEach((e) => { e.value = name; });
    log.querySelectorAll('.said').forEach(own);
    connect(true);
    if (!quiet) line.focus();
    return true;
  }

  $('enter').addEventListener('submit', async (e) => {
    e.preventDefault();
    if (!await enter($('name').value)) return;
    const todo = waiting;
    waiting = null;
    if (todo) post(...todo);
  });
  $('rename').addEventListener('click', () => { $('name').value = name; askName(); });
  $('name').addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && name) { $('enter').hidden = true; $('say').hidden = false; line.focus(); }
  });

  // Buttons, and what is typed.
  function send(path, fields) {
    if (name) return post(path, fields);
    waiting = [path, fields];
    say('First say what others should call you.');
    askName();
    return null;
  }

  $('press').addEventListener('submit', (e) => {
    e.preventDefault();
    const b = e.submitter;
    if (!b) return;
    if (b.name === 'asks') { ask(b); return; }
    if (b.parentElement.classList.contains('choices')) {
      for (const o of b.parentElement.children) o.setAttribute('aria-pressed', String(o === b));
    }
    send('press', { [b.name]: b.value });
  });

  $('say').addEventListener('submit', (e) => {
    e.preventDefault();
    if (taken) return; // the key that took a proposal
    close();
    const text = line.value;
    if (!text.trim()) return;
    line.value = '';
    down();
    Promise.resolve(post('say', { line: text })).then((told) => { if (!told && !line.value) line.value = text; });
  });

  let asking = null;
  function ask(b) {
    asking = b;
    const lead = b.closest('article').querySelector('.lead');
    $('asks-label').textContent = b.textContent;
    $('asks-about').textContent = lead ? lead.textContent : '';
    $('asks-text').value = '';
    $('asks').returnValue = '';
    $('asks').showModal();
    $('asks-text').focus();
  }
  $('asks-not').addEventListener('click', () => $('asks').close());
  $('asks').addEventListener('close', () => {
    const text = $('asks-text').value;
    if ($('asks').returnValue === 'send' && text.trim()) send('press', { asks: asking.value, text });
  });

  // What happens in the room. A message that changes stays where it is, and is not read out again: of the change, what the
  // server says is worth it.
  function own(m) { m.classList.toggle('mine', name !== '' && m.dataset.by.toLowerCase() === name.toLowerCase()); }

  function place(id) { return Number(id.slice(id.lastIndexOf('-') + 1)); }

  function put(m) {
    const t = document.createElement('template');
    t.innerHTML = m.html;
    const is = t.content.firstElementChild, was = $(is.id);
    if (was && was.dataset.rev === is.dataset.rev) return;
    const near = atEnd();
    if (is.dataset.by) own(is);
    clocks(is);
    if (was) {
      change(was, is, m.told);
    } else {
      const run = is.id.slice(0, is.id.lastIndexOf('-'));
      let before = null;
      for (let e = log.lastElementChild; e && e.id.startsWith(run) && place(e.id) > place(is.id); e = e.previousElementSibling) before = e;
      log.insertBefore(is, before);
      while (log.childElementCount > 400) log.firstElementChild.remove();
    }
    $('welcome').hidden = true;
    if (near) down(was ? null : is);
    else if (!was) $('newer').hidden = false;
  }

  function change(was, is, told) {
    const focused = was.contains(document.activeElement) ? document.activeElement : null;
    const chosen = was.querySelector('[aria-pressed="true"]');
    is.setAttribute('aria-live', 'off');
    was.replaceWith(is);
    const same = (b) => b && [...is.querySelectorAll('button')].find((o) => o.value === b.value);
    if (same(chosen)) same(chosen).setAttribute('aria-pressed', 'true');
    if (focused) { // it was taken away, so its place is kept
      const next = same(focused) || is;
      if (next === is) is.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
    if (told) $('told').textContent = told;
  }

  function notice(text) {
    const p = document.createElement('p');
    p.className = 'notice';
    p.textContent = text;
    log.append(p);
  }

  const atEnd = () => window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 160;
  const down = (m) => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    if (m && m.offsetHeight > window.innerHeight * 0.6) m.scrollIntoView({ block: 'start' }); // it is read from its beginning
    $('newer').hidden = true;
  };
  $('newer').addEventListener('click', () => { down(); line.focus(); });
  window.addEventListener('scroll', () => { if (atEnd()) $('newer').hidden = true; }, { passive: true });

  function connect(mine) {
    clearTimeout(connect.timer);
    if (source) source.close();
    const q = new URLSearchParams({ room, name, after: seen });
    if (mine) q.set('mine', '1');
    const s = source = new EventSource('/chat/stream?' + q);
    const on = (kind, do_) => s.addEventListener(kind, (e) => {
      heard = Date.now();
      if (s === source) do_(JSON.parse(e.data), e);
    });
    on('hello', (h) => {
      if (lost) say('Connected again.');
      if (h.epoch !== epoch) notice('The bot was started again. What stands above is from before.');
      lost = false; backoff = 1000; epoch = h.epoch; ahead = h.now - Date.now();
    });
    on('message', (m, e) => { put(m); if (e.lastEventId) seen = e.lastEventId; });
    on('people', (names) => {
      const others = names.filter((n) => n.toLowerCase() !== name.toLowerCase());
      $('people').textContent = others.length ? ' · with ' + others.slice(0, 3).join(', ') + (others.length > 3 ? ' and ' + (others.length - 3) + ' more' : '') : '';
    });
    on('beat', () => {});
    on('refused', (r) => { s.close(); say(r.error, true); if (r.name) askName(); else again(10000); });
    s.onerror = () => {
      if (s !== source) return;
      if (!lost) { lost = true; say('Connecting again…'); }
      if (s.readyState === EventSource.CLOSED) again(backoff = Math.min(backoff * 2, 10000));
    };
    heard = Date.now();
  }

  function again(ms) {
    clearTimeout(connect.timer);
    connect.timer = setTimeout(() => connect(false), ms);
  }

  // A browser has few connections to one server, and a tab that nobody sees needs none.
  let hiding = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(() => { if (source) source.close(); source = null; }, 60000);
    else if (!source) connect(false);
  });
  setInterval(() => { if (source && Date.now() - heard > 45000) connect(false); }, 5000);

  // Moments: a countdown for who sees it, and a time of day that does not change for who has it read out.
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
  const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  function clocks(root) {
    root.querySelectorAll('time[datetime]').forEach((t) => {
      const at = new Date(t.dateTime), soon = Math.abs(at - Date.now()) < 3600e3;
      t.title = date.format(at);
      if (!soon) { t.textContent = (t.closest('p') && /^in /.test(t.textContent) ? 'on ' : '') + date.format(at); return; }
      const heardAs = document.createElement('span'), seenAs = document.createElement('span');
      heardAs.className = 'unseen';
      heardAs.textContent = 'at ' + clock.format(at);
      seenAs.setAttribute('aria-hidden', 'true');
      seenAs.className = 'left';
      t.replaceChildren(heardAs, seenAs);
      tick(t);
    });
  }
  function tick(t) {
    const left = Math.ceil((new Date(t.dateTime) - Date.now() - ahead) / 1000);
    const s = left < -3 ? 'at ' + clock.format(new Date(t.dateTime)) : left <= 0 ? 'now' : left < 90 ? 'in ' + left + ' s' : 'in ' + Math.round(left / 60) + ' min';
    const e = t.querySelector('.left');
    if (e.textContent !== s) e.textContent = s;
  }
  setInterval(() => { if (!document.hidden) document.querySelectorAll('time:has(.left)').forEach(tick); }, 500);

  // Proposals for what is being typed.
  let chosen = -1, asked = 0, typing = 0, taken = false;
  line.setAttribute('role', 'combobox');
  line.setAttribute('aria-expanded', 'false');
  line.setAttribute('aria-controls', 'proposals');
  line.setAttribute('aria-autocomplete', 'list');

  function close() {
    asked++;
    clearTimeout(typing);
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    line.setAttribute('aria-expanded', 'false');
    line.removeAttribute('aria-activedescendant');
  }

  function open(lines) {
    const was = chosen < 0 ? null : list.children[chosen].dataset.line;
    close();
    lines = lines.filter((l) => l !== line.value);
    if (!lines.length || document.activeElement !== line) return;
    list.replaceChildren(...lines.map((text, i) => {
      const o = document.createElement('li');
      o.id = 'proposal-' + i;
      o.setAttribute('role', 'option');
      o.setAttribute('aria-selected', 'false');
      o.textContent = text;
      o.dataset.line = text;
      return o;
    }));
    list.hidden = false;
    line.setAttribute('aria-expanded', 'true');
    if (lines.includes(was)) choose(lines.indexOf(was)); // it was chosen while these were on their way
  }

  function choose(i) {
    const all = [...list.children];
    chosen = (i + all.length + 1) % (all.length + 1) === all.length ? -1 : (i + all.length + 1) % (all.length + 1);
    all.forEach((o, j) => o.setAttribute('aria-selected', String(j === chosen)));
    if (chosen < 0) { line.removeAttribute('aria-activedescendant'); return; }
    line.setAttribute('aria-activedescendant', all[chosen].id);
    all[chosen].scrollIntoView({ block: 'nearest' });
  }

  function take(o) {
    line.value = o.dataset.line;
    close();
    line.focus();
    propose();
  }

  async function propose() {
    const text = line.value, mine = ++asked;
    if (!text.trim()) { close(); return; }
    try {
      const answer = await fetch('/chat/complete?' + new URLSearchParams({ line: text }));
      if (!answer.ok) return;
      const lines = await answer.json();
      if (mine === asked) open(lines);
    } catch { /* they are a help, and nothing more */ }
  }

  line.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(propose, 80); });
  line.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== line) close(); }, 150));
  list.addEventListener('pointerdown', (e) => {
    const o = e.target.closest('li');
    e.preventDefault();
    if (o) take(o);
  });
  line.addEventListener('keyup', () => { taken = false; });
  line.addEventListener('keydown', (e) => {
    taken = false;
    if (list.hidden || e.isComposing) return;
    switch (e.key) {
      case 'ArrowDown': e.preventDefault(); choose(chosen + 1); break;
      case 'ArrowUp': e.preventDefault(); choose(chosen < 0 ? list.children.length - 1 : chosen - 1); break;
      case 'Escape': e.preventDefault(); close(); break;
      case 'Tab': if (!e.shiftKey) { e.preventDefault(); take(list.children[Math.max(chosen, 0)]); } break;
      case 'Enter': if (chosen >= 0) { e.preventDefault(); taken = true; take(list.children[chosen]); } break;
    }
  });

  // The beginning.
  clocks(log);
  if (new URLSearchParams(location.search).has('as')) history.replaceState(null, '', location.pathname);
  const before = kept.get() || $('own').textContent;
  if (before) {
    $('name').value = before;
    enter(before, true).then((in_) => { if (!in_) connect(false); });
  } else {
    connect(false);
  }
  if (log.childElementCount) down();
})();
