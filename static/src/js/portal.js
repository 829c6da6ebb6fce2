// Improves pages that already work without it. No page needs this file.
(() => {
  const doc = document
  const all = (sel, from = doc) => [...from.querySelectorAll(sel)]
  const one = (sel, from = doc) => from.querySelector(sel)

  // A form is sent once, however often it is clicked. Coming back to the page frees it again.
  doc.addEventListener('submit', e => {
    const f = e.target
    if (f.dataset.sent) { e.preventDefault(); return }
    f.dataset.sent = '1'
    if (f.matches('[data-upload]') && window.FormData) upload(e, f)
  })
  addEventListener('pageshow', () => all('form[data-sent]').forEach(f => { delete f.dataset.sent }))

  // Leave quickly: the page goes blank at once and does not stay in the history. Shift three times does the same.
  const exit = one('[data-exit]')
  const leave = e => {
    if (e) e.preventDefault()
    doc.body.hidden = true
    location.replace(exit.href)
  }
  let shifts = []
  if (exit) {
    exit.addEventListener('click', leave)
    doc.addEventListener('keydown', e => {
      if (e.key !== 'Shift') { shifts = []; return }
      shifts = [...shifts.filter(t => e.timeStamp - t < 3000), e.timeStamp]
      if (!e.repeat && shifts.length > 2) leave()
    })
  }

  // The error summary takes the focus, so that it is read first.
  const sum = one('.govuk-error-summary')
  if (sum) sum.focus()

  // Uploads show how far they are. Whatever goes wrong here, the plain form is sent instead.
  function upload (e, f) {
    const bar = one('progress', f)
    const file = one('input[type=file]', f)
    if (!bar || !file || !file.files.length) return
    e.preventDefault()
    const x = new XMLHttpRequest()
    const data = new FormData(f)
    if (e.submitter && e.submitter.name) data.append(e.submitter.name, e.submitter.value)
    bar.hidden = false
    x.upload.onprogress = p => { if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded } }
    x.onerror = () => f.submit()
    x.onload = () => {
      history.pushState(null, '', x.responseURL)
      doc.open(); doc.write(x.responseText); doc.close()
    }
    x.open('POST', f.action)
    x.send(data)
  }

  // Characters written so far.
  all('[data-count]').forEach(out => {
    const box = doc.getElementById(out.dataset.count)
    const show = () => { one('b', out).textContent = [...box.value].length }
    box.addEventListener('input', show)
    out.hidden = false
    show()
  })

  addEventListener('beforeprint', () => all('details').forEach(d => { d.open = true }))

  // Keys of staff pages. Every key has a visible control; all can be switched off; none works while typing.
  if (!doc.body.classList.contains('staff')) return
  const off = () => { try { return localStorage.keys === 'off' } catch { return false } }
  const sw = one('[data-keys-switch]')
  if (sw) {
    const say = () => { sw.textContent = off() ? sw.dataset.on : sw.dataset.off }
    sw.hidden = false
    say()
    sw.addEventListener('click', () => { try { localStorage.keys = off() ? 'on' : 'off' } catch { return } say() })
  }
  const rows = all('.queue tbody tr')
  let at = -1
  const move = d => {
    if (!rows.length) return
    if (rows[at]) rows[at].classList.remove('sel')
    at = Math.max(0, Math.min(rows.length - 1, at + d))
    rows[at].classList.add('sel')
    const a = one('th a', rows[at])
    if (a) a.focus()
  }
  const press = {
    j: () => move(1),
    k: () => move(-1),
    a: () => { const l = rows[at] && rows[at].dataset.assign; if (l) location.href = l },
    '/': () => { const q = one('input[name=q]'); if (q) q.focus() },
    '?': () => { const k = one('.keys'); if (k) { k.tabIndex = -1; k.focus() } }
  }
  doc.addEventListener('keydown', e => {
    if (off() || e.ctrlKey || e.metaKey || e.altKey) return
    if (e.target.matches('input:not([type=radio]):not([type=checkbox]),textarea,select')) return
    const radio = one(`input[type=radio][data-key="${CSS.escape(e.key)}"]`)
    const act = radio ? () => { radio.checked = true; radio.focus() } : press[e.key.toLowerCase()]
    if (act) { e.preventDefault(); act() }
  })
})()
